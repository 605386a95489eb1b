using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Amazon Managed Service for Prometheus. Source: its API reference.</summary>
internal static class Prometheus
{
    private const string Workspace = "aps:workspace";
    private const string Scraper = "aps:scraper";

    public static readonly Service Service = new("aps",
        Starts("CreateWorkspace", Workspace, "workspaceId"),
        Stops("DeleteWorkspace", Workspace, "workspaceId"),
        Starts("CreateScraper", Scraper, "scraperId"),
        Stops("DeleteScraper", Scraper, "scraperId"));
}

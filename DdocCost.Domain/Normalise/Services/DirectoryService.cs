using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Managed directories and connectors. Source: AWS Directory Service API reference; a CloudTrail record of each call.</summary>
internal static class DirectoryService
{
    private const string Directory = "ds:directory";

    public static readonly Service Service = new("ds",
        Starts("CreateMicrosoftAD", Directory, (record, changes) => Add(record, changes, $"microsoft-ad {Size(record.Request["edition"], "enterprise")}")),
        Starts("CreateDirectory", Directory, (record, changes) => Add(record, changes, $"simple-ad {Size(record.Request["size"], "small")}")),
        Starts("ConnectDirectory", Directory, (record, changes) => Add(record, changes, $"ad-connector {Size(record.Request["size"], "small")}")),
        Stops("DeleteDirectory", Directory, "directoryId"));

    private static void Add(CloudTrailRecord record, ChangeList changes, string size) => changes.Add(size: size, id: record.Response["directoryId"].Text);

    private static string Size(Field size, string otherwise) => size.Text?.ToLowerInvariant() ?? otherwise;
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>DataZone domains, billed by users and use. Source: Amazon DataZone API reference.</summary>
internal static class DataZone
{
    private const string Domain = "datazone:domain";

    public static readonly Service Service = new("datazone",
        Starts("CreateDomain", Domain, "id"),
        Stops("DeleteDomain", Domain, "identifier"));
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Detective, billed by what it ingests. Source: Amazon Detective API reference; a CloudTrail record of CreateGraph.</summary>
internal static class Detective
{
    private const string Graph = "detective:graph";

    public static readonly Service Service = new("detective",
        Starts("CreateGraph", Graph, "graphArn"),
        Stops("DeleteGraph", Graph, "graphArn"));
}

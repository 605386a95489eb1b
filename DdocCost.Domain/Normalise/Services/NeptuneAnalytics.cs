using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Neptune Analytics graphs, by memory unit (m-NCU) and replica. Source: Neptune Analytics API reference.</summary>
internal static class NeptuneAnalytics
{
    private const string Graph = "neptune-graph:graph";

    public static readonly Service Service = new("neptune-graph",
        Starts("CreateGraph", Graph, Sized),
        Starts("RestoreGraphFromSnapshot", Graph, Sized),
        Starts("CreateGraphUsingImportTask", Graph, Sized),
        Changes("UpdateGraph", Graph, (record, changes) =>
        {
            if (record.Request["provisionedMemory"].IsPresent || !record.Request.IsObject)
            {
                Sized(record, changes);
            }
        }),
        Starts("StartGraph", Graph, "graphIdentifier"),
        Stops("StopGraph", Graph, "graphIdentifier"),
        Stops("DeleteGraph", Graph, "graphIdentifier"));

    private static void Sized(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: "m-ncu",
        quantity: record["provisionedMemory"].Or(record.Request["maxProvisionedMemory"]).Amount * (1 + (record["replicaCount"].Amount ?? 1)),
        id: record.Response["id"].Or(record.Response["graphId"]).Or(record.Request["graphIdentifier"]).Text);
}

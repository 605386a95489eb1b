using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Redshift Serverless workgroups, counted in processing units of base capacity. Source: Redshift Serverless API reference.
/// </summary>
internal static class RedshiftServerless
{
    private const string Workgroup = "redshift:serverless-workgroup";

    /// <summary>What a workgroup gets that does not ask.</summary>
    private const decimal DefaultCapacity = 128;
    private const string Namespace = "redshift:serverless-namespace";
    private const string Snapshot = "redshift:snapshot";

    public static readonly Service Service = new("redshift-serverless",
        Starts("CreateWorkgroup", Workgroup, (record, changes) => changes.Add(
            quantity: record.Made("workgroup")["baseCapacity"].Amount ?? DefaultCapacity, id: record.Request["workgroupName"].Text,
            note: "at most: billed while queries run")),
        Changes("UpdateWorkgroup", Workgroup, (record, changes) =>
        {
            if (record.Request["baseCapacity"].Amount is { } capacity)
            {
                changes.Add(quantity: capacity, id: record.Request["workgroupName"].Text, note: "at most: billed while queries run");
            }
        }),
        Stops("DeleteWorkgroup", Workgroup, "workgroupName"),
        Starts("CreateNamespace", Namespace, "namespaceName"),
        Stops("DeleteNamespace", Namespace, "namespaceName"),
        Starts("CreateSnapshot", Snapshot, "snapshotName"),
        Starts("RestoreFromSnapshot", Namespace, "namespaceName"),
        Stops("DeleteSnapshot", Snapshot, "snapshotName"),
        Buys("CreateReservation", "redshift:serverless-reservation", (record, changes) => changes.Add(
            quantity: record.Request["capacity"].Amount, id: record.Response["reservation"]["reservationId"].Text)));
}

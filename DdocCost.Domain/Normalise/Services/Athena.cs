using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Athena: reserved capacity and Spark sessions, in processing units (DPU); queries are billed by what they scan. Source: Athena API
/// reference.
/// </summary>
internal static class Athena
{
    private const string Capacity = "athena:capacity-reservation";
    private const string Session = "athena:session";

    public static readonly Service Service = new("athena",
        Starts("CreateCapacityReservation", Capacity, id: "name", quantity: "targetDpus"),
        Changes("UpdateCapacityReservation", Capacity, id: "name", quantity: "targetDpus"),
        Stops("CancelCapacityReservation", Capacity, "name"),
        Starts("StartSession", Session, (record, changes) => changes.Add(
            quantity: record.Request["engineConfiguration"]["maxConcurrentDpus"].Amount, id: record.Response["sessionId"].Text)),
        Stops("TerminateSession", Session, "sessionId"));
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// CloudTrail itself: the first copy of management events is free, further copies, data events and stores are billed by event. Source:
/// AWS CloudTrail API reference; a CloudTrail record of most calls.
/// </summary>
internal static class CloudTrail
{
    private const string Trail = "cloudtrail:trail";
    private const string Store = "cloudtrail:event-data-store";

    public static readonly Service Service = new("cloudtrail",
        Starts("CreateTrail", Trail, (record, changes) => changes.Add(id: Name(record.Request["name"]))),
        Starts("StartLogging", Trail, (record, changes) => changes.Add(id: Name(record.Request["name"]))),
        Changes("PutEventSelectors", Trail, (record, changes) => changes.Add(id: Name(record.Request["trailName"]))),
        Changes("PutInsightSelectors", Trail, (record, changes) => changes.Add(id: Name(record.Request["trailName"]))),
        Stops("StopLogging", Trail, (record, changes) => changes.Add(id: Name(record.Request["name"]))),
        Stops("DeleteTrail", Trail, (record, changes) => changes.Add(id: Name(record.Request["name"]))),
        Starts("CreateEventDataStore", Store, (record, changes) => changes.Add(id: Name(record.Response["eventDataStoreArn"]))),
        Changes("UpdateEventDataStore", Store, (record, changes) => changes.Add(id: Name(record.Request["eventDataStore"]))),
        Starts("RestoreEventDataStore", Store, (record, changes) => changes.Add(id: Name(record.Request["eventDataStore"]))),
        Stops("DeleteEventDataStore", Store, (record, changes) => changes.Add(id: Name(record.Request["eventDataStore"]))));

    private static string? Name(Field nameOrArn) => Ids.Tail(Ids.Plain(nameOrArn));
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// EventBridge buses and archives, billed by event; rules are free. Source: Amazon EventBridge API reference; a CloudTrail record of
/// most calls.
/// </summary>
internal static class EventBridge
{
    private const string Bus = "events:event-bus";
    private const string Archive = "events:archive";
    private const string Rule = "events:rule";
    private const string Replay = "events:replay";

    public static readonly Service Service = new("events",
        Starts("CreateEventBus", Bus, "name"),
        Stops("DeleteEventBus", Bus, "name"),
        Starts("CreateArchive", Archive, "archiveName"),
        Stops("DeleteArchive", Archive, "archiveName"),
        Starts("StartReplay", Replay, "replayName"),
        Stops("CancelReplay", Replay, "replayName"),
        Starts("PutRule", Rule, "name"),
        Stops("DeleteRule", Rule, "name"));
}

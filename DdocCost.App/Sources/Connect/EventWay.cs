namespace DdocCost.App.Sources.Connect;

/// <summary>A way by which events come, as somebody chooses it.</summary>
/// <param name="Id">In the draft.</param>
/// <param name="Name">For a person.</param>
/// <param name="Sentence">Delay, cost and what it needs.</param>
/// <param name="Template">Its files in <c>ops/onboarding</c>; null where nobody reaches into AWS, so that nothing has to be granted.</param>
public sealed record EventWay(string Id, string Name, string Sentence, string? Template)
{
    /// <summary>EventBridge to a queue: what we recommend.</summary>
    public static readonly EventWay Events = new(
        "events", "EventBridge to SQS", "Seconds after the call; $0.40 a million messages; needs a trail that is there; the template makes queue and rules.", "events");

    /// <summary>The bucket of a trail, listed.</summary>
    public static readonly EventWay Bucket = new(
        "bucket", "S3 trail", "Some 5 minutes after the call; a few cents a day for listing; needs a trail and permission to read its bucket.", "bucket");

    /// <summary>The bucket of a trail, told of by a queue.</summary>
    public static readonly EventWay Notifications = new(
        "notifications", "S3 trail with notifications", "Some 5 minutes after the call, without listing; costs next to nothing; needs a trail, a queue and a notification from its bucket.", "notifications");

    /// <summary>The bucket of an organisation's trail.</summary>
    public static readonly EventWay Organization = new(
        "organization", "Organisation trail", "Some 5 minutes after the call, for all members at once; a few cents a day for listing; needs the account that owns the bucket.", "bucket");

    /// <summary>CloudTrail's event history.</summary>
    public static readonly EventWay Lookup = new(
        "lookup", "LookupEvents", "2 to 15 minutes after the call; free of charge; needs one permission and no trail, so it is the quickest to try.", "lookup");

    /// <summary>Sent to us over HTTP.</summary>
    public static readonly EventWay Webhook = new(
        "webhook", "Webhook", "Seconds after the call; $0.20 to $0.60 a million events; needs AWS to reach this address, and gives us no way into AWS.", Template: null);

    /// <summary>Sent to us by our agent.</summary>
    public static readonly EventWay Agent = new(
        "agent", "Agent", "A second more than what it reads; a small machine; needs one outgoing connection, and keeps what it read while we are away.", Template: null);

    /// <summary>All, the recommended one first.</summary>
    public static readonly IReadOnlyList<EventWay> All = [Events, Bucket, Notifications, Organization, Lookup, Webhook, Agent];

    /// <summary>Whether events are sent to us, rather than fetched.</summary>
    public bool IsPushed => Template is null;

    /// <summary>Whether it reads a trail's bucket.</summary>
    public bool HasBucket => Template is "bucket" or "notifications";

    /// <summary>Whether it reads a queue.</summary>
    public bool HasQueue => Template is "events" or "notifications";

    /// <summary>The way of that id; the recommended one where there is none.</summary>
    public static EventWay Find(string id) => All.FirstOrDefault(way => way.Id == id) ?? Events;
}

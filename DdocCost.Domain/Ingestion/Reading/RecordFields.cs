namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>The top-level fields of records and envelopes that the reader looks at.</summary>
internal enum RecordField
{
    Other = 0,
    EventSource,
    EventName,
    EventId,
    EventTime,
    EventVersion,
    EventType,
    UserIdentity,
    RecipientAccountId,
    InsightDetails,
    Detail,
    DetailType,
    Account,
    Owner,
    CloudTrailEvent,
    Message,
    Sns,
    S3ObjectKey,
    NotificationName,
    DigestBucket,
    Records,
    Events,
    LogEvents,
    Messages,
}

/// <summary>Names of fields as they are spelled in deliveries.</summary>
internal static class RecordFields
{
    /// <summary>The field of that name. Length first: nearly all names that do not matter are told apart by it.</summary>
    public static RecordField Named(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("Sns"u8) => RecordField.Sns,
        4 when name.SequenceEqual("body"u8) || name.SequenceEqual("Body"u8) => RecordField.Message,
        5 when name.SequenceEqual("owner"u8) => RecordField.Owner,
        5 when name.SequenceEqual("Event"u8) => RecordField.NotificationName,
        6 when name.SequenceEqual("detail"u8) => RecordField.Detail,
        6 when name.SequenceEqual("Events"u8) => RecordField.Events,
        7 when name.SequenceEqual("eventID"u8) => RecordField.EventId,
        7 when name.SequenceEqual("Records"u8) => RecordField.Records,
        7 when name.SequenceEqual("account"u8) => RecordField.Account,
        7 when name.SequenceEqual("message"u8) || name.SequenceEqual("Message"u8) => RecordField.Message,
        8 when name.SequenceEqual("Messages"u8) => RecordField.Messages,
        9 when name.SequenceEqual("eventName"u8) => RecordField.EventName,
        9 when name.SequenceEqual("eventTime"u8) => RecordField.EventTime,
        9 when name.SequenceEqual("eventType"u8) => RecordField.EventType,
        9 when name.SequenceEqual("logEvents"u8) => RecordField.LogEvents,
        11 when name.SequenceEqual("eventSource"u8) => RecordField.EventSource,
        11 when name.SequenceEqual("detail-type"u8) => RecordField.DetailType,
        11 when name.SequenceEqual("s3ObjectKey"u8) => RecordField.S3ObjectKey,
        12 when name.SequenceEqual("eventVersion"u8) => RecordField.EventVersion,
        12 when name.SequenceEqual("userIdentity"u8) => RecordField.UserIdentity,
        14 when name.SequenceEqual("insightDetails"u8) => RecordField.InsightDetails,
        14 when name.SequenceEqual("digestS3Bucket"u8) => RecordField.DigestBucket,
        15 when name.SequenceEqual("CloudTrailEvent"u8) => RecordField.CloudTrailEvent,
        18 when name.SequenceEqual("recipientAccountId"u8) => RecordField.RecipientAccountId,
        _ => RecordField.Other,
    };

    /// <summary>The list that an array of that name is.</summary>
    public static ListKind ListOf(RecordField field) => field switch
    {
        RecordField.Records => ListKind.Records,
        RecordField.Events => ListKind.Events,
        RecordField.LogEvents => ListKind.LogEvents,
        RecordField.Messages => ListKind.Messages,
        _ => ListKind.None,
    };
}

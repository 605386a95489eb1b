using System.Text.Json;

namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>What came of looking at a JSON object from its opening brace on.</summary>
internal enum ScanOutcome
{
    /// <summary>The object is whole and well-formed.</summary>
    Whole,

    /// <summary>The known bytes end before the object does.</summary>
    Incomplete,

    /// <summary>It holds a list of records, whose elements begin right behind <see cref="ItemShape.Length"/>.</summary>
    OpensList,

    /// <summary>It is not JSON.</summary>
    Broken,
}

/// <summary>Which list of items we are in.</summary>
internal enum ListKind
{
    /// <summary>None: the delivery's top level.</summary>
    None = 0,

    /// <summary>A bare JSON array.</summary>
    Plain,

    /// <summary><c>Records</c> of a log file.</summary>
    Records,

    /// <summary><c>Events</c> of LookupEvents output.</summary>
    Events,

    /// <summary><c>logEvents</c> of a CloudWatch Logs payload.</summary>
    LogEvents,

    /// <summary><c>Messages</c> of what SQS gave.</summary>
    Messages,
}

/// <summary>A stretch of a JSON object's bytes.</summary>
internal readonly record struct Slice(int Start, int Length)
{
    public bool IsEmpty => Length == 0;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json) => json.Slice(Start, Length);
}

/// <summary>Where the fields that matter lie in a JSON object that may be a record or an envelope. String slices are without their quotes.</summary>
internal struct ItemShape
{
    /// <summary>Bytes of the whole object; for an opened list, up to and including its bracket.</summary>
    public int Length;

    public ListKind Opens;
    public Slice EventSource;
    public Slice EventName;
    public Slice EventId;
    public Slice RecipientAccount;
    public Slice IdentityAccount;

    /// <summary>What is inside an EventBridge or SNS envelope (an object), or inside a LookupEvents entry, log event or message (a JSON string).</summary>
    public Slice Inner;
    public bool InnerIsText;
    public Slice DetailType;
    public Slice EnvelopeAccount;

    /// <summary>It has fields that tell a CloudTrail record from other things with a source or a name.</summary>
    public bool LooksLikeRecord;
    public bool IsInsight;
    public bool IsDigest;

    /// <summary>It tells that an object lies in S3, or tries out whether such news arrive.</summary>
    public bool IsNotification;

    /// <summary>Where its eventTime is a text.</summary>
    public Slice EventTime;

    /// <summary>It is a CloudTrail record beyond doubt.</summary>
    public readonly bool IsRecord => LooksLikeRecord && IsNamed;

    /// <summary>It has a source and a name.</summary>
    public readonly bool IsNamed => !EventSource.IsEmpty && !EventName.IsEmpty;

    /// <summary>What is not JSON about it and where (line and byte within the object), or null.</summary>
    public string? SyntaxError;

    /// <summary>A known field whose value has the wrong JSON type, or null.</summary>
    public string? WrongType;

    /// <summary>Looks at an object once, strictly, without building anything.</summary>
    /// <param name="json">Known bytes, from the opening brace on.</param>
    /// <param name="mayOpenList">Whether a list of records inside is to be entered.</param>
    /// <param name="shape">What was found.</param>
    public static ScanOutcome Scan(ReadOnlySpan<byte> json, bool mayOpenList, out ItemShape shape)
    {
        shape = default;
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        try
        {
            reader.Read();
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndObject)
                {
                    shape.Length = (int)reader.BytesConsumed;
                    return ScanOutcome.Whole;
                }

                var field = RecordFields.Named(reader.ValueSpan);
                if (!reader.Read())
                {
                    return ScanOutcome.Incomplete;
                }

                if (mayOpenList && reader.TokenType == JsonTokenType.StartArray && RecordFields.ListOf(field) is var list and not ListKind.None)
                {
                    shape.Opens = list;
                    shape.Length = (int)reader.BytesConsumed;
                    return ScanOutcome.OpensList;
                }

                if (!shape.TakeValue(field, ref reader))
                {
                    return ScanOutcome.Incomplete;
                }
            }

            return ScanOutcome.Incomplete;
        }
        catch (JsonException invalid)
        {
            shape.SyntaxError = invalid.Message;
            return ScanOutcome.Broken;
        }
    }

    /// <summary>Looks at the object at a window's start, making more of it known as long as it is not whole.</summary>
    public static ScanOutcome Scan(DeliveryWindow window, bool mayOpenList, out ItemShape shape)
    {
        ScanOutcome outcome;
        do
        {
            outcome = Scan(window.UnreadSpan, mayOpenList, out shape);
        }
        while (outcome == ScanOutcome.Incomplete && window.ReadMore());
        return outcome;
    }

    /// <returns>false where the known bytes end before the value does.</returns>
    private bool TakeValue(RecordField field, ref Utf8JsonReader reader)
    {
        switch (field)
        {
            case RecordField.Other:
                return SkipValue(ref reader);
            case RecordField.UserIdentity when reader.TokenType == JsonTokenType.StartObject:
                LooksLikeRecord = true;
                return TakeIdentity(ref reader);
            case RecordField.EventSource:
                return TakeText(ref reader, ref EventSource, "eventSource");
            case RecordField.EventName:
                return TakeText(ref reader, ref EventName, "eventName");
            case RecordField.EventId:
                LooksLikeRecord = true;
                return TakeText(ref reader, ref EventId);
            case RecordField.EventTime:
                LooksLikeRecord = true;
                return TakeText(ref reader, ref EventTime);
            case RecordField.EventVersion:
                LooksLikeRecord = true;
                return SkipValue(ref reader);
            case RecordField.NotificationName:
                IsNotification |= reader.TokenType == JsonTokenType.String && reader.ValueSpan.StartsWith("s3:"u8);
                return SkipValue(ref reader);
            case RecordField.S3ObjectKey:
                IsNotification = true;
                return SkipValue(ref reader);
            case RecordField.EventType:
                IsInsight |= reader.TokenType == JsonTokenType.String && reader.ValueSpan.SequenceEqual("AwsCloudTrailInsight"u8);
                return SkipValue(ref reader);
            case RecordField.InsightDetails:
                IsInsight = true;
                return SkipValue(ref reader);
            case RecordField.RecipientAccountId:
                return TakeText(ref reader, ref RecipientAccount);
            case RecordField.Account or RecordField.Owner:
                return TakeText(ref reader, ref EnvelopeAccount);
            case RecordField.DetailType:
                return TakeText(ref reader, ref DetailType);
            case RecordField.Detail or RecordField.CloudTrailEvent or RecordField.Message or RecordField.Sns:
                return TakeInner(ref reader);
            case RecordField.DigestBucket:
                IsDigest = true;
                return SkipValue(ref reader);
            case RecordField.Records:
                WrongType ??= "Records is not an array";
                return SkipValue(ref reader);
            default:
                return SkipValue(ref reader);
        }
    }

    private bool TakeText(ref Utf8JsonReader reader, ref Slice slice, string? required = null)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            slice = new Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
            return true;
        }

        if (required is not null && reader.TokenType != JsonTokenType.Null)
        {
            WrongType = $"{required} is not a string";
        }

        return SkipValue(ref reader);
    }

    private bool TakeIdentity(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isAccount = reader.ValueSpan.SequenceEqual("accountId"u8);
            if (!reader.Read())
            {
                return false;
            }

            if (!(isAccount ? TakeText(ref reader, ref IdentityAccount) : SkipValue(ref reader)))
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    private bool TakeInner(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        InnerIsText = reader.TokenType == JsonTokenType.String;
        var holdsRecord = InnerIsText || reader.TokenType == JsonTokenType.StartObject;
        if (!SkipValue(ref reader))
        {
            return false;
        }

        if (holdsRecord)
        {
            Inner = new Slice(start, (int)reader.BytesConsumed - start);
        }

        return true;
    }

    /// <summary>As <c>TrySkip</c>, without its copy of the reader for a way back: an incomplete object is looked at again from its start.</summary>
    private static bool SkipValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return true;
        }

        var depth = reader.CurrentDepth;
        while (reader.Read())
        {
            if (reader.CurrentDepth == depth)
            {
                return true;
            }
        }

        return false;
    }
}

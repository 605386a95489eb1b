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
    public Slice Identity;

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
    public static ScanOutcome Scan(ReadOnlySpan<byte> json, bool mayOpenList, out ItemShape shape) =>
        TryScan(json, mayOpenList, out shape) ? shape.Opens == ListKind.None ? ScanOutcome.Whole : ScanOutcome.OpensList : ScanWithReader(json, mayOpenList, out shape);

    /// <summary>Looks at an object that is whole and valid beyond doubt; false where it is not.</summary>
    public static bool TryScan(ReadOnlySpan<byte> json, bool mayOpenList, out ItemShape shape)
    {
        shape = default;
        var at = SureJson.Byte(json, 0) == (byte)'{' ? SureJson.Blanks(json, 1) : SureJson.Unsure;
        if (SureJson.Byte(json, at) == (byte)'}')
        {
            shape.Length = at + 1;
            return true;
        }

        while (true)
        {
            var behindName = SureJson.Text(json, at);
            var start = SureJson.Colon(json, behindName);
            if (start == SureJson.Unsure)
            {
                return false;
            }

            var field = RecordFields.Named(json[(at + 1)..(behindName - 1)]);
            if (mayOpenList && SureJson.Byte(json, start) == (byte)'[' && RecordFields.ListOf(field) is var list and not ListKind.None)
            {
                (shape.Opens, shape.Length) = (list, start + 1);
                return true;
            }

            at = SureJson.Value(json, start);
            if (at == SureJson.Unsure)
            {
                return false;
            }

            shape.Take(field, SureJson.KindOf(json, start), json, new Slice(start, at - start));
            at = SureJson.Blanks(json, at);
            switch (SureJson.Byte(json, at))
            {
                case (byte)'}':
                    shape.Length = at + 1;
                    return true;
                case (byte)',':
                    at = SureJson.Blanks(json, at + 1);
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Looks at an object, and says what is wrong with it.</summary>
    public static ScanOutcome ScanWithReader(ReadOnlySpan<byte> json, bool mayOpenList, out ItemShape shape)
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

                var (start, kind) = ((int)reader.TokenStartIndex, reader.TokenType);
                if (!SkipValue(ref reader))
                {
                    return ScanOutcome.Incomplete;
                }

                shape.Take(field, kind, json, new Slice(start, (int)reader.BytesConsumed - start));
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

    /// <summary>The accountId of the userIdentity; empty where it has none that is a text.</summary>
    public readonly ReadOnlySpan<byte> IdentityAccount(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> account = default;
        if (Identity.IsEmpty)
        {
            return account;
        }

        var reader = new Utf8JsonReader(Identity.Of(json));
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isAccount = reader.ValueSpan.SequenceEqual("accountId"u8);
            reader.Read();
            if (isAccount && reader.TokenType == JsonTokenType.String)
            {
                account = reader.ValueSpan;
            }

            SkipValue(ref reader);
        }

        return account;
    }

    private void Take(RecordField field, JsonTokenType kind, ReadOnlySpan<byte> json, Slice value)
    {
        switch (field)
        {
            case RecordField.Other:
                break;
            case RecordField.UserIdentity when kind == JsonTokenType.StartObject:
                LooksLikeRecord = true;
                Identity = value;
                break;
            case RecordField.EventSource:
                TakeText(kind, value, ref EventSource, "eventSource");
                break;
            case RecordField.EventName:
                TakeText(kind, value, ref EventName, "eventName");
                break;
            case RecordField.EventId:
                LooksLikeRecord = true;
                TakeText(kind, value, ref EventId);
                break;
            case RecordField.EventTime:
                LooksLikeRecord = true;
                TakeText(kind, value, ref EventTime);
                break;
            case RecordField.EventVersion:
                LooksLikeRecord = true;
                break;
            case RecordField.NotificationName:
                IsNotification |= value.Of(json).StartsWith("\"s3:"u8);
                break;
            case RecordField.S3ObjectKey:
                IsNotification = true;
                break;
            case RecordField.EventType:
                IsInsight |= value.Of(json).SequenceEqual("\"AwsCloudTrailInsight\""u8);
                break;
            case RecordField.InsightDetails:
                IsInsight = true;
                break;
            case RecordField.RecipientAccountId:
                TakeText(kind, value, ref RecipientAccount);
                break;
            case RecordField.Account or RecordField.Owner:
                TakeText(kind, value, ref EnvelopeAccount);
                break;
            case RecordField.DetailType:
                TakeText(kind, value, ref DetailType);
                break;
            case RecordField.Detail or RecordField.CloudTrailEvent or RecordField.Message or RecordField.Sns:
                TakeInner(kind, value);
                break;
            case RecordField.DigestBucket:
                IsDigest = true;
                break;
            case RecordField.Records:
                WrongType ??= "Records is not an array";
                break;
        }
    }

    private void TakeText(JsonTokenType kind, Slice value, ref Slice slice, string? required = null)
    {
        if (kind == JsonTokenType.String)
        {
            slice = new Slice(value.Start + 1, value.Length - 2);
        }
        else if (required is not null && kind != JsonTokenType.Null)
        {
            WrongType = $"{required} is not a string";
        }
    }

    private void TakeInner(JsonTokenType kind, Slice value)
    {
        InnerIsText = kind == JsonTokenType.String;
        if (InnerIsText || kind == JsonTokenType.StartObject)
        {
            Inner = value;
        }
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

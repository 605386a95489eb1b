using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>What became of an item of a delivery.</summary>
internal enum ItemFate
{
    /// <summary>Handed over, or left alone on purpose.</summary>
    Done = 0,

    /// <summary>A CloudTrail record that is not fit to be used.</summary>
    Unfit,

    /// <summary>Nothing that has to do with CloudTrail.</summary>
    Foreign,
}

/// <summary>Reads a text inside an item that holds not a record but a list of them, such as a log file in a message.</summary>
internal interface IListInText
{
    /// <summary>Reads it; its records take the next places in the delivery.</summary>
    /// <param name="text">The text, unquoted. Valid during the call.</param>
    (ItemFate Fate, string Reason) Read(ReadOnlyMemory<byte> text);
}

/// <summary>Takes the record out of whatever envelope an item is, and hands it over.</summary>
internal sealed class RecordTaker(string deliveryName, DeliveryReport report)
{
    private readonly AccountNames _accounts = new(deliveryName);

    /// <summary>Takes one whole JSON object.</summary>
    /// <param name="item">Its bytes.</param>
    /// <param name="shape">What a scan found in it.</param>
    /// <param name="list">The list it stands in.</param>
    /// <param name="position">Its place in the delivery.</param>
    /// <param name="inside">Reads the list that a text inside it may hold.</param>
    /// <returns>What became of it, and the reason where it was not used.</returns>
    public (ItemFate Fate, string Reason) Take(ReadOnlyMemory<byte> item, in ItemShape shape, ListKind list, long position, IListInText inside) =>
        Take(item, shape, list, position, inside, outerAccount: default);

    /// <summary>Takes a JSON string, quotes included, whose text is a record or envelope in JSON.</summary>
    public (ItemFate Fate, string Reason) TakeText(
        ReadOnlyMemory<byte> quoted, ListKind list, long position, IListInText inside, ReadOnlySpan<byte> account)
    {
        quoted = Readable(quoted);
        var scratch = ArrayPool<byte>.Shared.Rent(quoted.Length);
        try
        {
            var text = Unquoted(quoted.Span, scratch);
            if (!text.Span.StartsWith("{"u8))
            {
                return list == ListKind.LogEvents ? Leave(LeftAlone.LogLine) : (ItemFate.Foreign, "a text where a record should be");
            }

            return ItemShape.Scan(text.Span, mayOpenList: true, out var shape) switch
            {
                ScanOutcome.Whole => Take(text[..shape.Length], shape, list, position, inside, account),
                ScanOutcome.OpensList => inside.Read(text),
                _ => (ItemFate.Unfit, "the record inside a text is not whole JSON"),
            };
        }
        catch (InvalidOperationException)
        {
            return (ItemFate.Unfit, "the record inside a text is not Unicode");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private (ItemFate, string) Take(
        ReadOnlyMemory<byte> item, in ItemShape shape, ListKind list, long position, IListInText inside, ReadOnlySpan<byte> outerAccount)
    {
        // A queue's message as a function gets it has both: an eventSource of its own ("aws:sqs") and what it carries.
        var isCarrier = shape.EventSource.IsEmpty || shape.EventSource.Of(item.Span).StartsWith("aws:"u8);
        if (shape.Inner.IsEmpty || !isCarrier)
        {
            return TakeRecord(item, shape, outerAccount, position);
        }

        var account = shape.EnvelopeAccount.IsEmpty ? outerAccount : shape.EnvelopeAccount.Of(item.Span);
        var inner = item.Slice(shape.Inner.Start, shape.Inner.Length);
        return shape.InnerIsText
            ? TakeText(inner, list, position, inside, account)
            : TakeDetail(inner, account, shape.DetailType.Of(item.Span), position, list, inside);
    }

    private (ItemFate, string) TakeDetail(
        ReadOnlyMemory<byte> detail, ReadOnlySpan<byte> account, ReadOnlySpan<byte> detailType, long position, ListKind list, IListInText inside)
    {
        ItemShape.Scan(detail.Span, mayOpenList: false, out var shape);
        if (detailType.IsEmpty && !shape.Inner.IsEmpty)
        {
            return Take(detail, shape, list, position, inside, account);
        }

        // AWS: "AWS API Call via CloudTrail", "AWS Console Sign In via CloudTrail", "AWS Service Event via CloudTrail", "AWS Insight via CloudTrail", …
        var isCloudTrail = detailType.EndsWith("via CloudTrail"u8) || shape.IsNamed;
        return isCloudTrail ? TakeRecord(detail, shape, account, position) : Leave(LeftAlone.OtherEvent);
    }

    private (ItemFate, string) TakeRecord(ReadOnlyMemory<byte> json, in ItemShape shape, ReadOnlySpan<byte> envelopeAccount, long position)
    {
        if (!Utf8.IsValid(json.Span))
        {
            var readable = Readable(json);
            ItemShape.Scan(readable.Span, mayOpenList: false, out var readableShape);
            return TakeRecord(readable, readableShape, envelopeAccount, position);
        }

        var bytes = json.Span;
        if (!shape.IsNamed && !shape.IsInsight)
        {
            return TakeNameless(shape);
        }

        // S3, SQS, SES and others notify in the same shape, with sources such as "aws:s3".
        if (shape.EventSource.Of(bytes).StartsWith("aws:"u8))
        {
            return Leave(LeftAlone.Notification);
        }

        var recipient = shape.RecipientAccount.Of(bytes);
        var identity = AccountNames.IsName(recipient) ? default : shape.IdentityAccount(bytes);
        var record = new RawRecord
        {
            Json = json,
            EventSource = shape.IsNamed ? shape.EventSource.Of(bytes) : [],
            EventName = shape.IsNamed ? shape.EventName.Of(bytes) : [],
            EventTime = shape.EventTime.Of(bytes),
            Key = RecordKey.Of(shape.EventId.Of(bytes), bytes),
            AccountId = _accounts.FirstOf(recipient, identity, envelopeAccount),
            Position = position,
        };
        if (!shape.IsNamed)
        {
            report.AcceptInsight(record);
        }
        else
        {
            report.Accept(record);
        }

        return default;
    }

    private (ItemFate, string) TakeNameless(in ItemShape shape)
    {
        if (shape.IsDigest)
        {
            return Leave(LeftAlone.DigestFile);
        }

        if (shape.IsNotification)
        {
            return Leave(LeftAlone.Notification);
        }

        if (shape.WrongType is { } wrong)
        {
            return (ItemFate.Unfit, wrong);
        }

        var missing = shape.EventSource.IsEmpty ? "no eventSource" : "no eventName";
        return shape.LooksLikeRecord || !shape.EventSource.IsEmpty || !shape.EventName.IsEmpty
            ? (ItemFate.Unfit, $"the record has {missing}")
            : (ItemFate.Foreign, "JSON, but no CloudTrail record: it has neither eventSource nor eventName");
    }

    /// <summary>The same bytes, or where they are not UTF-8, a copy with the bad ones replaced.</summary>
    private ReadOnlyMemory<byte> Readable(ReadOnlyMemory<byte> json)
    {
        if (Utf8.IsValid(json.Span))
        {
            return json;
        }

        report.Repaired();
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
    }

    private (ItemFate, string) Leave(LeftAlone kind)
    {
        report.Leave(kind);
        return default;
    }

    /// <exception cref="InvalidOperationException">The text is not Unicode.</exception>
    private static ReadOnlyMemory<byte> Unquoted(ReadOnlySpan<byte> quoted, byte[] scratch)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        var text = scratch.AsMemory(0, reader.CopyString(scratch));
        return text[(text.Length - text.Span.TrimStart(" \t\r\n"u8).Length)..];
    }
}

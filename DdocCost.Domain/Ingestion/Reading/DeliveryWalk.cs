namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>
/// Goes through a delivery item by item. An item is what stands where a record could stand: at the top level (bare records,
/// envelopes, JSON lines) or in a list (<c>Records</c>, <c>Events</c>, <c>logEvents</c>, a bare array). Whatever cannot be an
/// item is a piece: it is rejected as a whole, and the walk goes on behind it.
/// </summary>
internal sealed class DeliveryWalk(DeliveryWindow window, RecordTaker taker, DeliveryReport report, DamageBudget damage) : IListInText
{
    /// <summary>A log file is at most an array of log files; deeper nesting is not CloudTrail.</summary>
    private const int DeepestList = 2;

    /// <summary>A log file in an SNS message in an SQS message is two deep.</summary>
    private const int DeepestText = 4;

    private readonly PieceSkipper _skipper = new(window, damage);
    private readonly Stack<ListKind> _lists = new();
    private long _position;
    private int _textDepth;
    private bool _endIsTold;

    private ListKind List => _lists.TryPeek(out var list) ? list : ListKind.None;

    /// <summary>Walks to the end of the delivery.</summary>
    public void Run()
    {
        SkipByteOrderMark();
        ReadItems();
        TellHowItEnded();
        report.Finish();
    }

    /// <inheritdoc/>
    public (ItemFate Fate, string Reason) Read(ReadOnlyMemory<byte> text)
    {
        if (_textDepth == DeepestText)
        {
            return (ItemFate.Unfit, "texts inside texts, deeper than any delivery of AWS");
        }

        using var stream = new MemoryStream(text.ToArray(), writable: false);
        using var inner = new DeliveryWindow(stream);
        var walk = new DeliveryWalk(inner, taker, report, damage) { _position = _position, _textDepth = _textDepth + 1 };
        walk.ReadItems();
        if (walk._lists.Count > 0 && !walk._endIsTold)
        {
            walk.Reject(isForeign: false, "the list of records inside a text has no end", excerpt: "", isJson: false);
            walk._position++;
        }

        _position = walk._position - 1; // this item's own place was given to the first inside
        return default;
    }

    private void ReadItems()
    {
        while (!damage.IsSpent && !report.IsHopeless && window.SkipBlanks())
        {
            Next(window.UnreadSpan[0]);
        }
    }

    private void Next(byte first)
    {
        switch (first)
        {
            case (byte)'{':
                ReadObject();
                break;
            case (byte)'"':
                ReadText();
                break;
            case (byte)'[' when _lists.Count == 0:
                window.Skip(1);
                _lists.Push(ListKind.Plain);
                break;
            case (byte)']' when _lists.Count > 0:
                LeaveList();
                break;
            case (byte)']' or (byte)'}' when _lists.Count == 0 && _position > 0:
                // Closes what was opened in a piece that had to be rejected.
                window.Skip(1);
                break;
            default:
                RejectPiece(List == ListKind.None ? "not CloudTrail: the text is not JSON" : "not a JSON object where a record should be", List == ListKind.None);
                break;
        }
    }

    private void ReadObject()
    {
        switch (ItemShape.Scan(window, mayOpenList: _lists.Count < DeepestList && List is ListKind.None or ListKind.Plain, out var shape))
        {
            case ScanOutcome.OpensList:
                window.Skip(shape.Length);
                _lists.Push(shape.Opens);
                break;
            case ScanOutcome.Whole:
                TakeObject(shape);
                break;
            case ScanOutcome.Incomplete when window.AtEnd:
                RejectPiece(window.Damage ?? "the JSON ends in the middle of a record");
                break;
            case ScanOutcome.Incomplete:
                RejectPiece($"larger than {TrailReader.RecordLimit >> 20} MiB, the most a record may have");
                break;
            default:
                RejectPiece($"not valid JSON: {shape.SyntaxError}");
                break;
        }
    }

    private void TakeObject(in ItemShape shape)
    {
        var item = window.Unread[..shape.Length];
        if (SwallowedRecords.AreIn(item.Span, shape))
        {
            RejectPiece("the record is cut, and those behind it would be taken for parts of it");
            return;
        }

        var (fate, reason) = taker.Take(item, shape, List, _position, this);
        Conclude(fate, reason, shape.Length);
    }

    private void ReadText()
    {
        var length = JsonText.LengthOf(window);
        var (fate, reason) = length == 0
            ? (ItemFate.Foreign, "a text without an end where a record should be")
            : taker.TakeText(window.Unread[..length], List, _position, this, account: default);
        if (fate != ItemFate.Done)
        {
            // A stray quote pairs with the first one of the next record: look for that record from the quote on.
            RejectPiece(reason, isForeign: fate == ItemFate.Foreign && List == ListKind.None);
        }
        else
        {
            Conclude(fate, reason, length);
        }
    }

    private void Conclude(ItemFate fate, string reason, int length)
    {
        if (fate != ItemFate.Done)
        {
            Reject(fate == ItemFate.Foreign && List == ListKind.None, reason, DeliveryReport.Excerpt(window.UnreadSpan[..length]), isJson: true);
        }

        window.Skip(length);
        _position++;
    }

    private void RejectPiece(string reason, bool isForeign = false)
    {
        window.Has(512);
        var excerpt = DeliveryReport.Excerpt(window.UnreadSpan);
        _skipper.Skip(List, depth: 0);
        Reject(isForeign, reason, excerpt, isJson: false);
        _position++;
        _endIsTold = !window.SkipBlanks();
    }

    private void Reject(bool isForeign, string reason, string excerpt, bool isJson)
    {
        damage.Spend();
        if (isForeign)
        {
            report.RejectForeign(_position, reason, excerpt, isJson);
        }
        else
        {
            report.Reject(_position, isByteOffset: false, reason, excerpt);
        }
    }

    private void LeaveList()
    {
        window.Skip(1);
        if (_lists.Pop() != ListKind.Plain)
        {
            // The rest of the object that held the list: {"Events":[…],"NextToken":"…"}.
            _skipper.Skip(List, depth: 1);
        }
    }

    private void SkipByteOrderMark()
    {
        if (window.Has(3) && window.UnreadSpan.StartsWith("\uFEFF"u8))
        {
            window.Skip(3);
        }
    }

    private void TellHowItEnded()
    {
        if (damage.IsSpent)
        {
            report.Reject(window.Position, isByteOffset: true, $"{DamageBudget.Limit:N0} pieces were unreadable; the rest was not read", excerpt: "");
        }
        else if (window.BytesRead == 0 && window.Damage is null)
        {
            report.Empty();
        }
        else if (!_endIsTold && !report.IsHopeless && (window.Damage ?? (_lists.Count > 0 ? "the JSON ends before its list of records does" : null)) is { } reason)
        {
            report.Reject(window.BytesRead, isByteOffset: true, reason, excerpt: "");
        }
    }
}

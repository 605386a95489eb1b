using System.Buffers;

namespace DdocCost.Domain.Ingestion;

/// <summary>
/// Goes through a delivery item by item. An item is what stands where a record could stand: at the top level (bare records,
/// envelopes, JSON lines) or in a list (<c>Records</c>, <c>Events</c>, <c>logEvents</c>, a bare array). Whatever cannot be an
/// item is a piece: it is rejected as a whole, and the walk goes on behind it.
/// </summary>
internal sealed class DeliveryWalk(DeliveryWindow window, RecordTaker taker, DeliveryReport report)
{
    /// <summary>A log file is at most an array of log files; deeper nesting is not CloudTrail.</summary>
    private const int DeepestList = 2;

    /// <summary>Each try costs an exception where it fails; text made to look like records must not cost hours.</summary>
    private const int MostTriesToResume = 20_000;

    private static readonly SearchValues<byte> Structural = SearchValues.Create("{}[]\"\\,\n"u8);

    private readonly Stack<ListKind> _lists = new();
    private long _position;
    private bool _lastWasRejected;
    private int _triesToResume;

    private ListKind List => _lists.TryPeek(out var list) ? list : ListKind.None;

    /// <summary>Walks to the end of the delivery.</summary>
    public void Run()
    {
        SkipByteOrderMark();
        while (window.SkipBlanks() && !report.IsHopeless)
        {
            Next(window.UnreadSpan[0]);
        }

        TellHowItEnded();
        report.Finish();
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
        switch (Scan(mayOpenList: _lists.Count < DeepestList && List is ListKind.None or ListKind.Plain, out var shape))
        {
            case ScanOutcome.OpensList:
                window.Skip(shape.Length);
                _lists.Push(shape.Opens);
                _lastWasRejected = false;
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

        var (fate, reason) = taker.Take(item, shape, List, _position);
        Conclude(fate, reason, shape.Length);
    }

    private void ReadText()
    {
        var length = JsonText.LengthOf(window);
        var (fate, reason) = length == 0
            ? (ItemFate.Foreign, "a text without an end where a record should be")
            : taker.TakeText(window.Unread[..length], account: default, isLogLine: false, _position);
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
        _lastWasRejected = fate != ItemFate.Done;
    }

    private void RejectPiece(string reason, bool isForeign = false)
    {
        window.Has(512);
        var excerpt = DeliveryReport.Excerpt(window.UnreadSpan);
        SkipPiece(depth: 0);
        Reject(isForeign, _triesToResume < MostTriesToResume ? reason : reason + "; too damaged, the rest was not read", excerpt, isJson: false);
        _position++;
        _lastWasRejected = true;
    }

    private void Reject(bool isForeign, string reason, string excerpt, bool isJson)
    {
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
            SkipPiece(depth: 1);
        }
    }

    /// <summary>
    /// Moves behind a piece that cannot be used, without holding it in memory: to where its brackets are balanced, or to the next
    /// thing that is a record beyond doubt, whichever comes first; brackets and quotes of a broken piece cannot be trusted.
    /// </summary>
    /// <param name="depth">Brackets open at the start.</param>
    private void SkipPiece(int depth)
    {
        var start = window.Position;
        var inText = false;
        var isBracketed = depth > 0 || window.UnreadSpan[0] is (byte)'{' or (byte)'[';
        var isText = depth == 0 && window.UnreadSpan[0] == (byte)'"';
        while (window.SkipTo(Structural))
        {
            switch (window.UnreadSpan[0])
            {
                case (byte)'\\' when inText:
                    window.Has(2);
                    window.Skip(Math.Min(2, window.UnreadSpan.Length));
                    continue;
                case (byte)'"':
                    inText = !inText;
                    break;
                case (byte)'\n':
                    // JSON text has no raw line break, and an item at the start of a line is the next of JSON lines.
                    inText = false;
                    if (_lists.Count == 0 && window.Has(2) && window.UnreadSpan[1] is var next && (next == (byte)'{' || (isText && next == (byte)'"')))
                    {
                        return;
                    }

                    break;
                case (byte)'{' when window.Position > start && CanResume():
                    return;
                case (byte)'{' or (byte)'[' when !inText:
                    depth++;
                    break;
                case (byte)']' when !inText && depth == 0 && _lists.Count > 0 && window.Position > start:
                    return;
                case (byte)'}' or (byte)']' when !inText:
                    depth = Math.Max(0, depth - 1);
                    if (depth == 0 && (isBracketed || _lists.Count > 0))
                    {
                        window.Skip(1);
                        return;
                    }

                    break;
                case (byte)',' when !inText && depth == 0 && _lists.Count > 0:
                    return;
                default:
                    break;
            }

            window.Skip(1);
        }
    }

    /// <summary>Whether a record or envelope of the kind we look for begins here.</summary>
    private bool CanResume()
    {
        if (!JsonText.OpensObject(window) || _triesToResume >= MostTriesToResume)
        {
            return false;
        }

        var outcome = Scan(mayOpenList: false, out var shape);
        if (outcome == ScanOutcome.Broken)
        {
            _triesToResume++;
        }

        return outcome == ScanOutcome.Whole && List switch
        {
            ListKind.Events or ListKind.LogEvents => shape.InnerIsText,
            _ => shape.LooksLikeRecord && !shape.EventSource.IsEmpty && !shape.EventName.IsEmpty,
        };
    }

    /// <summary>Scans the object at the window's start, making more of it known as long as it is not whole.</summary>
    private ScanOutcome Scan(bool mayOpenList, out ItemShape shape)
    {
        ScanOutcome outcome;
        do
        {
            outcome = ItemShape.Scan(window.UnreadSpan, mayOpenList, out shape);
        }
        while (outcome == ScanOutcome.Incomplete && window.ReadMore());
        return outcome;
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
        if (window.Damage is { } damage && !_lastWasRejected)
        {
            report.Reject(window.BytesRead, isByteOffset: true, damage, excerpt: "");
        }
        else if (_lists.Count > 0 && !_lastWasRejected && !report.IsHopeless)
        {
            report.Reject(window.BytesRead, isByteOffset: true, "the JSON ends before its list of records does", excerpt: "");
        }
        else if (_position == 0 && window.BytesRead == 0)
        {
            report.Empty();
        }
    }
}

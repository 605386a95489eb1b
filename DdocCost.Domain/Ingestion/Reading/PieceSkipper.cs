using System.Buffers;

namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>
/// Moves behind a piece that cannot be used, of any size, without holding it in memory: to where its brackets are balanced, or to the
/// next thing that is a record beyond doubt, whichever comes first; brackets and quotes of a broken piece cannot be trusted.
/// </summary>
internal sealed class PieceSkipper(DeliveryWindow window, DamageBudget damage)
{
    private static readonly SearchValues<byte> Structural = SearchValues.Create("{}[]\"\\,\n"u8);

    private ListKind _list;
    private bool _beganAsText;
    private bool _beganBracketed;
    private bool _inText;
    private int _depth;

    /// <summary>Skips the piece at the window's start.</summary>
    /// <param name="list">The list it stands in.</param>
    /// <param name="depth">Brackets that are open before it.</param>
    public void Skip(ListKind list, int depth)
    {
        var first = window.Has(1) ? window.UnreadSpan[0] : (byte)0;
        (_list, _depth, _inText) = (list, depth, false);
        _beganBracketed = depth > 0 || first is (byte)'{' or (byte)'[';
        _beganAsText = depth == 0 && first == (byte)'"';

        var start = window.Position;
        while (!damage.IsSpent && window.SkipTo(Structural) && !EndsAt(window.UnreadSpan[0], isStart: window.Position == start))
        {
            window.Skip(1);
        }
    }

    /// <summary>Whether the piece ends here; a closing bracket of its own is moved over.</summary>
    private bool EndsAt(byte structural, bool isStart)
    {
        switch (structural)
        {
            case (byte)'\\':
                // The escaped character is no structure: move on to it, and the caller moves over it.
                if (_inText && window.Has(2))
                {
                    window.Skip(1);
                }

                return false;
            case (byte)'"':
                _inText = !_inText;
                return false;
            case (byte)'\n':
                _inText = false;
                return _list == ListKind.None && NextLineBeginsItem();
            case (byte)'{' when !isStart && CanResume():
                return true;
            case (byte)'{' or (byte)'[' when !_inText:
                _depth++;
                return false;
            case (byte)',' when !_inText:
                return _list != ListKind.None && _depth == 0;
            case (byte)'}' or (byte)']' when !_inText:
                return Close(structural, isStart);
            default:
                return false;
        }
    }

    private bool Close(byte bracket, bool isStart)
    {
        if (bracket == (byte)']' && _depth == 0 && _list != ListKind.None && !isStart)
        {
            // Closes the list the piece stands in.
            return true;
        }

        _depth = Math.Max(0, _depth - 1);
        if (_depth > 0 || !(_beganBracketed || _list != ListKind.None))
        {
            return false;
        }

        window.Skip(1);
        return true;
    }

    /// <summary>JSON text has no raw line break, and an item at the very start of a line is the next one of JSON lines.</summary>
    private bool NextLineBeginsItem() =>
        window.Has(2) && window.UnreadSpan[1] is var next && (next == (byte)'{' || (_beganAsText && next == (byte)'"'));

    /// <summary>Whether a record or envelope of the kind we look for begins here.</summary>
    private bool CanResume()
    {
        if (!JsonText.OpensObject(window))
        {
            return false;
        }

        var outcome = ItemShape.Scan(window, mayOpenList: false, out var shape);
        if (outcome == ScanOutcome.Broken)
        {
            damage.Spend();
        }

        return outcome == ScanOutcome.Whole && (_list is ListKind.Events or ListKind.LogEvents or ListKind.Messages ? shape.InnerIsText : shape.IsRecord);
    }
}

using System.Text;

namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>Why a readable thing was left alone: it is no CloudTrail record, and on purpose not a reject either.</summary>
internal enum LeftAlone
{
    DigestFile = 0,
    OtherEvent,
    Notification,
    LogLine,
}

/// <summary>
/// Passes on what a walk finds, gathers remarks so that a delivery makes a few and not thousands, and tells a delivery that has
/// nothing to do with CloudTrail (one reject) from a CloudTrail delivery with bad pieces (a reject each).
/// </summary>
internal sealed class DeliveryReport(string delivery, ITrailReceiver receiver)
{
    /// <summary>So many foreign pieces in a row from the beginning, and the rest is not worth reading.</summary>
    private const int ForeignLimit = 1000;
    private const int ExcerptLength = 512;

    private static readonly int LeftAloneKinds = Enum.GetValues<LeftAlone>().Length;

    private readonly int[] _leftAlone = new int[LeftAloneKinds];
    private List<RejectedRecord>? _foreign = [];
    private int _insights;
    private int _repaired;

    /// <summary>Nothing of CloudTrail so far, and enough seen.</summary>
    public bool IsHopeless => _foreign?.Count >= ForeignLimit;

    public void Accept(in RawRecord record)
    {
        ReleaseForeign();
        receiver.Accept(record);
    }

    /// <summary>An Insight event: handed over without source and name, so that it counts and can never cost.</summary>
    public void AcceptInsight(in RawRecord record)
    {
        _insights++;
        Accept(record);
    }

    public void Reject(long position, bool isByteOffset, string reason, string excerpt)
    {
        ReleaseForeign();
        receiver.Reject(new RejectedRecord(delivery, position, isByteOffset, reason, excerpt));
    }

    /// <summary>Something at the top level that does not look like CloudTrail at all.</summary>
    public void RejectForeign(long position, string reason, string excerpt, bool isJson)
    {
        var rejected = new RejectedRecord(delivery, position, IsByteOffset: false, reason, excerpt) { IsForeignJson = isJson };
        if (_foreign is null)
        {
            receiver.Reject(rejected);
        }
        else
        {
            _foreign.Add(rejected);
        }
    }

    public void Leave(LeftAlone kind)
    {
        ReleaseForeign();
        _leftAlone[(int)kind]++;
    }

    public void Repaired() => _repaired++;

    public void Empty() => receiver.Note("empty, nothing to read");

    /// <summary>The first bytes of a piece as text that any store takes: control characters and broken UTF-8 replaced.</summary>
    public static string Excerpt(ReadOnlySpan<byte> piece)
    {
        var text = Encoding.UTF8.GetString(piece[..Math.Min(piece.Length, ExcerptLength)]);
        return string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) && source[i] is not ('\t' or '\r' or '\n') ? '\uFFFD' : source[i];
            }
        });
    }

    /// <summary>Says what is left to say.</summary>
    public void Finish()
    {
        if (_foreign is [var first, _, ..])
        {
            var rest = IsHopeless ? "; the rest was not read" : "";
            receiver.Reject(first with { Reason = $"not CloudTrail: {_foreign.Count} pieces, none of them a record{rest}" });
            _foreign = null;
        }

        ReleaseForeign();
        NoteCount(_leftAlone[(int)LeftAlone.DigestFile], "digest file, left alone: it lists log files and holds no records");
        NoteCount(_leftAlone[(int)LeftAlone.OtherEvent], "EventBridge event that does not come from CloudTrail, left alone");
        NoteCount(_leftAlone[(int)LeftAlone.Notification], "service notification (such as S3 to SNS or SQS) that is no CloudTrail record, left alone");
        NoteCount(_leftAlone[(int)LeftAlone.LogLine], "log line that is no CloudTrail record, left alone");
        NoteCount(_insights, "CloudTrail Insight event, counted and left alone: it repeats activity that the records themselves tell");
        NoteCount(_repaired, "record with invalid UTF-8, read with the bad bytes replaced");
    }

    private void NoteCount(int count, string what)
    {
        if (count > 0)
        {
            receiver.Note(count == 1 ? what : $"{count} × {what}");
        }
    }

    private void ReleaseForeign()
    {
        if (_foreign is { } held)
        {
            _foreign = null;
            held.ForEach(receiver.Reject);
        }
    }
}

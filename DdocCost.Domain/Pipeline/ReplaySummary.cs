using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Pipeline;

/// <summary>What a replay found. Records = cost-bearing + free + quarantined + duplicates, and cost-bearing = priced + unpriced.</summary>
public sealed class ReplaySummary
{
    /// <summary>So many quarantined pieces are kept to be shown; all are counted.</summary>
    public const int QuarantinedShown = 20;

    private readonly Dictionary<Severity, long> _alerts = [];
    private readonly Dictionary<string, long> _unpricedReasons = [];
    private readonly Dictionary<string, RemarkCount> _notes = [];
    private readonly List<RejectedRecord> _firstQuarantined = [];

    /// <summary>Everything that stood where a record should.</summary>
    public long Records => CostBearing + Free + Quarantined + Duplicates;

    /// <summary>Started, changed, stopped or bought something that costs money.</summary>
    public long CostBearing => Priced + Unpriced;

    /// <summary>Cost-bearing with a known price.</summary>
    public long Priced { get; private set; }

    /// <summary>Cost-bearing without one.</summary>
    public long Unpriced { get; private set; }

    /// <summary>Costs nothing: reads, definitions, refused and dry-run calls, Insight events.</summary>
    public long Free { get; private set; }

    /// <summary>Could not be read, or not as what it says it is.</summary>
    public long Quarantined { get; private set; }

    /// <summary>Seen before, by key.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Files read.</summary>
    public int Files { get; private set; }

    /// <summary>Files that could not be opened or read.</summary>
    public int UnreadableFiles { get; private set; }

    /// <summary>Uncompressed bytes read.</summary>
    public long Bytes { get; private set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>What still ran at the end, USD per hour, all accounts.</summary>
    public decimal ExposureUsdPerHour { get; internal set; }

    /// <summary>Accounts that had a cost event.</summary>
    public int Accounts { get; internal set; }

    /// <summary>Per second of <see cref="Elapsed"/>.</summary>
    public double RecordsPerSecond => PerSecond(Records);

    /// <summary>Uncompressed, 10^6 bytes, per second of <see cref="Elapsed"/>.</summary>
    public double MegabytesPerSecond => PerSecond(Bytes / 1e6);

    /// <summary>The first <see cref="QuarantinedShown"/> quarantined pieces in the order of the files.</summary>
    public IReadOnlyList<RejectedRecord> FirstQuarantined => _firstQuarantined;

    /// <summary>Why events have no price, most frequent first.</summary>
    public IEnumerable<(string Reason, long Count)> UnpricedReasons =>
        _unpricedReasons.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value));

    /// <summary>Remarks on files, each once, with how many files have it and the first of them.</summary>
    public IEnumerable<(string Remark, long Files, string FirstFile)> Notes => _notes.Select(pair => (pair.Key, pair.Value.Files, pair.Value.FirstFile));

    /// <summary>Alerts raised of one severity.</summary>
    public long AlertsOf(Severity severity) => _alerts.GetValueOrDefault(severity);

    internal void AddFile(long bytes, bool isUnreadable)
    {
        Files++;
        Bytes += bytes;
        UnreadableFiles += isUnreadable ? 1 : 0;
    }

    internal void AddFree() => Free++;

    internal void AddDuplicate() => Duplicates++;

    internal void AddQuarantined(RejectedRecord rejected)
    {
        Quarantined++;
        if (_firstQuarantined.Count < QuarantinedShown)
        {
            _firstQuarantined.Add(rejected);
        }
    }

    internal void AddNote(string remark, string file) =>
        _notes[remark] = _notes.TryGetValue(remark, out var known) ? known with { Files = known.Files + 1 } : new RemarkCount(1, file);

    internal void AddEvent(CostEvent e)
    {
        if (e.Costed.Event.Action is ResourceAction.None or ResourceAction.Define)
        {
            AddFree();
        }
        else if (e.Costed.IsPriced)
        {
            Priced++;
        }
        else
        {
            Unpriced++;
            var reason = e.Costed.Cost.Note ?? "no price known";
            _unpricedReasons[reason] = _unpricedReasons.GetValueOrDefault(reason) + 1;
        }
    }

    internal void AddAlert(Alert alert) => _alerts[alert.Severity] = AlertsOf(alert.Severity) + 1;

    private double PerSecond(double amount) => Elapsed > TimeSpan.Zero ? amount / Elapsed.TotalSeconds : 0;

    private sealed record RemarkCount(long Files, string FirstFile);
}

using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;

namespace DdocCost.Tests.Ledger;

/// <summary>The cost-bearing events of a labelled trail, to be taken through ledgers with or without some of them.</summary>
internal sealed class LabelledTrail(IEnumerable<ResourceEvent> events)
{
    private readonly List<ResourceEvent> events = [.. events.Order(EventOrder.Instance)];

    /// <summary>A trail's folder.</summary>
    public static LabelledTrail In(string folder)
    {
        var read = new Reading();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "AWSLogs"), "*.json.gz", SearchOption.AllDirectories))
        {
            using var stream = File.OpenRead(file);
            TrailReader.Read(stream, file, read);
        }

        return new LabelledTrail(read.Events);
    }

    /// <summary>The same as if all of it had happened in one region.</summary>
    public LabelledTrail MovedTo(string region) => new(events.Select(e => e with { Region = region }));

    /// <summary>What each event did, and what runs in all accounts at the end, USD per hour.</summary>
    public (Dictionary<string, CostedEvent> Costed, decimal Exposure) Take(Func<ResourceEvent, bool>? which = null)
    {
        var costed = new Dictionary<string, CostedEvent>();
        var ledgers = Ledgers(which, done => costed.Add(done.Event.EventId, done));
        return (costed, ledgers.Sum(ledger => ledger.ExposureUsdPerHour));
    }

    /// <summary>The ledger of each account at the end.</summary>
    public IReadOnlyCollection<ResourceLedger> Ledgers(Func<ResourceEvent, bool>? which = null, Action<CostedEvent>? done = null)
    {
        var ledgers = new Dictionary<string, ResourceLedger>();
        foreach (var e in events.Where(which ?? (_ => true)))
        {
            if (!ledgers.TryGetValue(e.AccountId, out var ledger))
                ledgers.Add(e.AccountId, ledger = new ResourceLedger(e.AccountId, [], [], []));
            var costed = ledger.Apply(e);
            done?.Invoke(costed);
        }

        return ledgers.Values;
    }

    private sealed class Reading : ITrailReceiver
    {
        public List<ResourceEvent> Events { get; } = [];

        public void Accept(in RawRecord record)
        {
            if (EventCatalogue.Default.MayCost(record.EventSource, record.EventName)
                && EventCatalogue.Default.Normalise(record, null) is NormaliseResult.Understood { Event: var e })
                Events.Add(e);
        }

        public void Reject(RejectedRecord rejected) => throw new InvalidDataException(rejected.Reason);

        public void Note(string remark)
        {
        }
    }
}

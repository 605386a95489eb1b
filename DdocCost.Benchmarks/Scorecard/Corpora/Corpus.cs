using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Corpora;

/// <summary>A labelled trail: what of it may cost money, as it was delivered, and what truly happened.</summary>
/// <param name="Seed">What it was drawn from.</param>
/// <param name="Deliveries">The events of each file, in the order of the file.</param>
/// <param name="Key">What truly happened.</param>
internal sealed record Corpus(ulong Seed, IReadOnlyList<Delivery> Deliveries, AnswerKey Key)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Reads a folder with log files and <c>labels.json</c>.</summary>
    public static Corpus Read(string folder, ulong seed)
    {
        var files = ReplayInput.Of(folder).Files.Where(file => !file.IsBesideTrail);
        return new Corpus(seed, [.. files.AsParallel().AsOrdered().Select(Delivery.Of).Where(delivery => delivery.Events.Count > 0)], AnswerKey.Of(folder));
    }

    /// <summary>Simulates a trail.</summary>
    /// <param name="world">Accounts and incidents.</param>
    /// <param name="seed">Same seed, same trail.</param>
    /// <param name="start">First moment, UTC.</param>
    /// <param name="days">How long.</param>
    /// <param name="incidents">How many incidents.</param>
    /// <param name="noise">Calls that cost nothing, for each other call.</param>
    public static Corpus Simulate(World world, ulong seed, DateTimeOffset start, int days, int incidents, double noise = 0)
    {
        var simulation = new Simulation(seed, start, noise, world);
        foreach (var planned in HistoryPlan.Spread(seed, start, days, incidents, world))
        {
            simulation.Play(planned.Incident, planned.At, planned.CleanUpAfter);
        }

        var deliveries = new List<Delivery>();
        var until = start.AddDays(days);
        for (var at = start; at < until; at += Hour)
        {
            deliveries.AddRange(simulation.TakeBefore(at + Hour).GroupBy(record => (record.AccountId, record.Region)).Select(Delivery.Of));
        }

        return new Corpus(seed, [.. deliveries.Where(delivery => delivery.Events.Count > 0)], AnswerKey.Of(simulation, until));
    }

    /// <summary>Every event once, in the order in which they happened.</summary>
    public IReadOnlyList<ResourceEvent> InOrder() => [.. Deliveries.SelectMany(delivery => delivery.Events).DistinctBy(e => e.Key).Order(EventOrder.Instance)];

    /// <summary>
    /// Every event once, as the durable pipeline takes them: files come up to so much later than they should, each in turn some more, and only
    /// the events of one file are put in order. Each file comes twice; the second time, its events are known.
    /// </summary>
    public IReadOnlyList<ResourceEvent> Delayed(TimeSpan most)
    {
        var dice = new Dice(Seed);
        var arrivals = Deliveries
            .SelectMany(delivery => new[] { delivery, delivery })
            .Select(delivery => (delivery, at: delivery.Events.Max(e => e.Time) + (most * dice.Unit())))
            .OrderBy(arrival => arrival.at);
        return [.. arrivals.SelectMany(arrival => arrival.delivery.Events.Order(EventOrder.Instance)).DistinctBy(e => e.Key)];
    }
}

/// <summary>A file of a trail, as far as it may cost money.</summary>
internal sealed record Delivery(IReadOnlyList<ResourceEvent> Events)
{
    /// <summary>Reads and understands a file.</summary>
    /// <exception cref="InvalidDataException">A corpus holds no damaged records.</exception>
    public static Delivery Of(ReplayFile file)
    {
        var taken = new Taken(file.Name);
        using var stream = File.OpenRead(file.Path);
        TrailReader.Read(stream, file.Name, taken);
        return new Delivery(taken.Events);
    }

    /// <summary>Understands what a simulation made.</summary>
    public static Delivery Of(IEnumerable<TrailRecord> records)
    {
        var taken = new Taken("simulated");
        using var json = new MemoryStream(LogFile.Json(records));
        TrailReader.Read(json, "simulated", taken);
        return new Delivery(taken.Events);
    }

    private sealed class Taken(string name) : ITrailReceiver
    {
        public List<ResourceEvent> Events { get; } = [];

        public void Accept(in RawRecord record)
        {
            if (EventCatalogue.Default.MayCost(record.EventSource, record.EventName)
                && EventCatalogue.Default.Normalise(record, new RecordLocation(name, record.Position)) is NormaliseResult.Understood { Event: var e })
            {
                Events.Add(e);
            }
        }

        public void Reject(RejectedRecord rejected) => throw new InvalidDataException(rejected.ToString());

        public void Note(string remark)
        {
        }
    }
}

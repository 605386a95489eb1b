using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo;

/// <summary>
/// An endless trail of some AWS accounts from a moment on. It is the same for the same seed, start and incidents, so that it can
/// be taken up anywhere by living it again: a restarted demo knows which instances its accounts run.
/// </summary>
public sealed class Simulation
{
    // CloudTrail delivers about every five minutes; an hour keeps the files of four weeks to some thousands.
    private static readonly TimeSpan Delivery = TimeSpan.FromHours(1);

    private readonly IReadOnlyList<AccountLife> _lives;
    private readonly PriorityQueue<TrailRecord, (DateTimeOffset Time, long Order)> _pending = new();
    private readonly double _noise;
    private long _made;
    private Day _nextDay;

    /// <summary>A simulation in which nothing has happened yet.</summary>
    /// <param name="seed">What everything is drawn from.</param>
    /// <param name="start">Its first day, UTC; taken from midnight.</param>
    /// <param name="noise">Calls that cost nothing, for each other call.</param>
    /// <param name="world">Whose accounts live in it; null takes the demo's.</param>
    public Simulation(ulong seed, DateTimeOffset start, double noise, World? world = null)
    {
        Seed = seed;
        _noise = noise;
        _nextDay = Day.Of(start);
        Start = _nextDay.Midnight;
        _lives = [.. (world ?? World.Demo).Accounts(seed)];
        foreach (var life in _lives)
        {
            life.Begin(_nextDay, LogOf(life.Account, "begin"));
        }
    }

    /// <summary>What everything is drawn from.</summary>
    public ulong Seed { get; }

    /// <summary>Midnight of the first day, UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The accounts.</summary>
    public IReadOnlyList<Account> Accounts => [.. _lives.Select(l => l.Account)];

    /// <summary>What truly happened so far.</summary>
    public Labels Labels { get; } = new();

    /// <summary>Lets an incident happen.</summary>
    /// <param name="incident">Which.</param>
    /// <param name="at">Its first call, UTC; not before what was taken already.</param>
    /// <param name="cleanUpAfter">How long after its last call somebody ends it, or null if nobody does.</param>
    public void Play(Incident incident, DateTimeOffset at, TimeSpan? cleanUpAfter)
    {
        var account = Accounts.Single(a => a.Kind == incident.AccountKind);
        var harm = LogOf(account, incident.Scenario, TrailRecord.Iso(at));
        var damage = incident.Play(at, harm);
        var end = harm.Latest + cleanUpAfter;
        if (end is { } cleanUpAt)
        {
            damage.CleanUp(cleanUpAt, LogOf(account, incident.Scenario, TrailRecord.Iso(at), "clean-up"));
        }

        Labels.Incident(incident, account, at, end, damage, harm.EventIds);
    }

    /// <summary>Where the calls of a purpose go that is none of an account's ordinary days; drawn from dice of its own, so that nothing else changes by it.</summary>
    internal CallLog LogOf(string accountKind, string purpose) => LogOf(Accounts.Single(account => account.Kind == accountKind), purpose);

    /// <summary>Takes what happened before a moment and was not taken yet, in order of time.</summary>
    public IEnumerable<TrailRecord> TakeBefore(DateTimeOffset moment)
    {
        while (true)
        {
            while (_nextDay.Midnight < moment && (_pending.Count == 0 || _pending.Peek().Time >= _nextDay.Midnight))
            {
                LiveNextDay();
            }

            if (_pending.Count == 0 || _pending.Peek().Time >= moment)
            {
                yield break;
            }

            yield return _pending.Dequeue();
        }
    }

    /// <summary>Adds calls that cost nothing, which are not part of what is lived again.</summary>
    public void AddReads(DateTimeOffset at, int count)
    {
        var dice = Dice.For(Seed, "extra reads", TrailRecord.Iso(at));
        for (; count > 0; count--)
        {
            ReadTraffic.Record(LogOf(dice.Pick([.. Accounts]), "extra reads", TrailRecord.Iso(at), $"{count}"), at);
        }
    }

    /// <summary>Writes what happens in a span of time as log files, in deliveries of an hour at most.</summary>
    /// <param name="folder">Where log files go.</param>
    /// <param name="from">UTC; everything before must have been taken.</param>
    /// <param name="until">UTC.</param>
    /// <param name="progress">Told after each delivery, how much was written so far.</param>
    /// <param name="cancellationToken">Stops between two deliveries.</param>
    /// <returns>How much was written.</returns>
    public TrailCounts Write(string folder, DateTimeOffset from, DateTimeOffset until, IProgress<TrailCounts>? progress = null, CancellationToken cancellationToken = default)
    {
        var written = new TrailCounts(0, 0);
        for (var at = from; at < until;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            at = at + Delivery < until ? at + Delivery : until;
            TrailRecord[] records = [.. TakeBefore(at)];
            var files = LogFile.Write(folder, at, records);
            written = new TrailCounts(written.Events + records.Length, written.Files + files.Count);
            progress?.Report(written);
        }

        return written;
    }

    private CallLog LogOf(Account account, params ReadOnlySpan<string> purpose) =>
        new(account, Dice.For(Seed, [account.Kind, .. purpose]), record => _pending.Enqueue(record, (record.Time, _made++)));

    private void LiveNextDay()
    {
        foreach (var life in _lives)
        {
            var log = LogOf(life.Account, TrailRecord.Iso(_nextDay.Midnight));
            life.Live(_nextDay, log, Labels);
            var reads = LogOf(life.Account, TrailRecord.Iso(_nextDay.Midnight), "reads");
            for (var left = (int)(_noise * (log.EventIds.Count + 5)); left > 0; left--)
            {
                ReadTraffic.Record(reads, _nextDay.At(reads.Dice.Between(0, 24)));
            }
        }

        _nextDay = _nextDay.Next;
    }
}

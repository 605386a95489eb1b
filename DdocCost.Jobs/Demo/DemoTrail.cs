using DdocCost.Jobs.Demo.Forgotten;
using DdocCost.Jobs.Demo.Incidents;

namespace DdocCost.Jobs.Demo;

/// <summary>The demo's trail as files: four weeks of history once, then what happens as time goes on. Taken up where it was left.</summary>
/// <remarks>Single-threaded. A record may be written twice where the process was killed in between; its eventID makes that harmless.</remarks>
public sealed class DemoTrail
{
    private readonly string _folder;
    private readonly string _statePath;
    private readonly Simulation _simulation;
    private DemoState _state;

    private DemoTrail(string folder, string statePath, DemoState state)
    {
        (_folder, _statePath, _state) = (folder, statePath, state);
        _simulation = new Simulation(state.Seed, state.Start, state.Noise);
        Leftovers = Forgotten.Leftovers.In(_simulation);
        foreach (var incident in state.Incidents)
        {
            _simulation.Play(IncidentCatalogue.Named(incident.Scenario), incident.At, incident.CleanUpAfter);
        }

        // Live again what is written already, so that the accounts are as they were.
        _ = _simulation.TakeBefore(state.WrittenUntil).Count();
    }

    /// <summary>Takes up the trail of a folder, or begins it.</summary>
    /// <param name="folder">Where log files go.</param>
    /// <param name="statePath">Where the trail's state is kept; not in the folder.</param>
    /// <param name="options">What a new trail is like; an old one stays as it was.</param>
    /// <param name="now">UTC; a new history ends here.</param>
    public static DemoTrail Open(string folder, string statePath, DemoOptions options, DateTimeOffset now) =>
        new(folder, statePath, DemoState.Load(statePath) ?? NewState(options, now));

    /// <summary>Everything before this moment is written, UTC.</summary>
    public DateTimeOffset WrittenUntil => _state.WrittenUntil;

    /// <summary>The accounts whose trail it is.</summary>
    public IReadOnlyList<Trail.Account> Accounts => _simulation.Accounts;

    /// <summary>What people left behind in them, as a scan would see it.</summary>
    public IReadOnlyList<Leftover> Leftovers { get; }

    /// <summary>First day of the trail, UTC.</summary>
    public DateTimeOffset Start => _state.Start;

    /// <summary>Writes what happened since the last call.</summary>
    /// <param name="now">Up to here, UTC.</param>
    /// <param name="progress">Told how much was written so far.</param>
    /// <param name="cancellationToken">Stops the writing; what was written will be written again.</param>
    /// <returns>How much was written.</returns>
    public TrailCounts WriteUntil(DateTimeOffset now, IProgress<TrailCounts>? progress = null, CancellationToken cancellationToken = default)
    {
        var written = _simulation.Write(_folder, _state.WrittenUntil, now, progress, cancellationToken);
        _state = _state with { WrittenUntil = now };
        _state.Save(_statePath);
        return written;
    }

    /// <summary>Lets the next scenario happen, each in its turn.</summary>
    /// <param name="cleanUpAfter">How long after its last call somebody ends it.</param>
    /// <returns>Which it is.</returns>
    public Incident PlayNext(TimeSpan cleanUpAfter)
    {
        // A drift takes a night to be seen; nobody waits for it in front of a demo.
        var deck = IncidentCatalogue.All.Where(i => i.Course != Course.Drift).ToList();
        var incident = deck[_state.LiveIncidents % deck.Count];
        var at = _state.WrittenUntil;
        _simulation.Play(incident, at, cleanUpAfter);
        _state = _state with { Incidents = [.. _state.Incidents, new(incident.Scenario, at, cleanUpAfter)], LiveIncidents = _state.LiveIncidents + 1 };
        _state.Save(_statePath);
        return incident;
    }

    /// <summary>Adds calls that cost nothing to what will be written next: what keeps a real trail busy between the rest.</summary>
    public void AddReads(int count) => _simulation.AddReads(_state.WrittenUntil, count);

    private static DemoState NewState(DemoOptions options, DateTimeOffset now)
    {
        var start = Day.Of(now.AddDays(-options.Days)).Midnight;
        return new DemoState
        {
            Seed = options.Seed,
            Start = start,
            Noise = options.Noise,
            WrittenUntil = start,
            Incidents = [.. HistoryPlan.ForDemo(start, options.Days).Select(i => new DemoIncident(i.Incident.Scenario, i.At, i.CleanUpAfter))],
        };
    }
}

namespace DdocCost.Jobs.Demo;

/// <summary>A labelled trail for measuring detection: some weeks of all accounts with incidents spread over them.</summary>
public static class SimulatedCorpus
{
    /// <summary>Writes log files and, beside them, <c>labels.json</c>. The same arguments write the same bytes.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="seed">What everything is drawn from.</param>
    /// <param name="start">First day, UTC.</param>
    /// <param name="days">How many days.</param>
    /// <param name="incidents">How many incidents.</param>
    /// <param name="noise">Calls that cost nothing, for each that may.</param>
    /// <param name="world">Whose accounts live in it; null takes the demo's.</param>
    /// <param name="progress">Told how much was written so far.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>How much was written.</returns>
    public static TrailCounts Write(
        string folder, ulong seed, DateTimeOffset start, int days, int incidents, double noise, World? world = null, IProgress<TrailCounts>? progress = null, CancellationToken cancellationToken = default)
    {
        var simulation = new Simulation(seed, start, noise, world);
        foreach (var planned in HistoryPlan.Spread(seed, simulation.Start, days, incidents, world ?? World.Demo))
        {
            simulation.Play(planned.Incident, planned.At, planned.CleanUpAfter);
        }

        var until = simulation.Start.AddDays(days);
        var counts = simulation.Write(folder, simulation.Start, until, progress, cancellationToken);
        simulation.Labels.Save(Path.Combine(folder, "labels.json"), simulation, until, counts);
        return counts;
    }
}

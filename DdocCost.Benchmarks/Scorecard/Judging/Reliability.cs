using DdocCost.Benchmarks.Scorecard.Corpora;
using DdocCost.Benchmarks.Scorecard.Detectors;

namespace DdocCost.Benchmarks.Scorecard.Judging;

/// <summary>Whether a score means what it says: of the hours whose loudest verdict was about so, how many belonged to an incident.</summary>
internal sealed class Reliability
{
    /// <summary>Lower ends of the bins, scores of 0 to 100.</summary>
    public static readonly IReadOnlyList<double> Edges = [0, 2, 5, 10, 20, 35, 50, 65, 80, 90, 95];

    private readonly Bin[] bins = [.. Edges.Select(_ => new Bin(0, 0, 0))];

    /// <summary>The bins, lowest first.</summary>
    public IReadOnlyList<Bin> Bins => bins;

    /// <summary>Mean squared distance of score / 100 from the truth (Brier); 0 is best.</summary>
    public double Brier => squares / Math.Max(1, bins.Sum(bin => bin.Hours));

    private double squares;

    /// <summary>
    /// Adds the loudest verdict of each hour of each account after the warm-up. By hours, because a burst of a hundred records is one thing, and
    /// would else drown everything.
    /// </summary>
    public void Add(Recording recording, AnswerKey key)
    {
        var incidents = key.Incidents.SelectMany(incident => incident.EventIds).ToHashSet();
        var costing = recording.Events.Where(e => e.Time >= key.Start + Judge.WarmUp && (e.Costed.AddedUsdPerHour > 0 || e.Costed.OneTimeUsd > 0));
        foreach (var hour in costing.GroupBy(e => (e.AccountId, e.Time.Ticks / TimeSpan.TicksPerHour)))
        {
            Add(hour.Max(e => e.Verdict.Score), hour.Any(e => incidents.Contains(e.Costed.Event.EventId)));
        }
    }

    private void Add(double score, bool isIncident)
    {
        var at = Edges.Count - 1;
        while (score < Edges[at])
        {
            at--;
        }

        bins[at] = new Bin(bins[at].Hours + 1, bins[at].Incidents + (isIncident ? 1 : 0), bins[at].ScoreSum + score);
        squares += Math.Pow((score / 100) - (isIncident ? 1 : 0), 2);
    }

    /// <summary>Hours of about one score.</summary>
    internal readonly record struct Bin(int Hours, int Incidents, double ScoreSum)
    {
        /// <summary>Mean score, 0 to 100.</summary>
        public double Said => Hours > 0 ? ScoreSum / Hours : 0;

        /// <summary>Percent that belonged to an incident.</summary>
        public double Was => Hours > 0 ? 100.0 * Incidents / Hours : 0;
    }
}

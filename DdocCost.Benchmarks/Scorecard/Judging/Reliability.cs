using DdocCost.Domain.Scoring;
using DdocCost.Benchmarks.Scorecard.Corpora;
using DdocCost.Benchmarks.Scorecard.Detectors;

namespace DdocCost.Benchmarks.Scorecard.Judging;

/// <summary>Whether a score means what it says: of the events scored about so, how many belonged to an incident.</summary>
internal sealed class Reliability
{
    /// <summary>Lower ends of the bins, scores of 0 to 100.</summary>
    public static readonly IReadOnlyList<double> Edges = [0, 2, 5, 10, 20, 35, 50, 65, 80, 90, 95];

    private readonly Bin[] bins = [.. Edges.Select(_ => new Bin(0, 0, 0))];

    /// <summary>The bins, lowest first.</summary>
    public IReadOnlyList<Bin> Bins => bins;

    /// <summary>Mean squared distance of score / 100 from the truth (Brier); 0 is best.</summary>
    public double Brier => squares / Math.Max(1, bins.Sum(bin => bin.Events));

    private double squares;

    /// <summary>Adds the events of a corpus that added cost after the warm-up.</summary>
    public void Add(Recording recording, AnswerKey key)
    {
        var incidents = key.Incidents.SelectMany(incident => incident.EventIds).ToHashSet();
        foreach (var e in recording.Events.Where(e => e.Time >= key.Start + Judge.WarmUp && (e.Costed.AddedUsdPerHour > 0 || e.Costed.OneTimeUsd > 0)))
        {
            Add(e.Verdict, incidents.Contains(e.Costed.Event.EventId));
        }
    }

    private void Add(Verdict verdict, bool isIncident)
    {
        var at = Edges.Count - 1;
        while (verdict.Score < Edges[at])
        {
            at--;
        }

        bins[at] = new Bin(bins[at].Events + 1, bins[at].Incidents + (isIncident ? 1 : 0), bins[at].ScoreSum + verdict.Score);
        squares += Math.Pow((verdict.Score / 100) - (isIncident ? 1 : 0), 2);
    }

    /// <summary>Events of about one score.</summary>
    internal readonly record struct Bin(int Events, int Incidents, double ScoreSum)
    {
        /// <summary>Mean score, 0 to 100.</summary>
        public double Said => Events > 0 ? ScoreSum / Events : 0;

        /// <summary>Percent that belonged to an incident.</summary>
        public double Was => Events > 0 ? 100.0 * Incidents / Events : 0;
    }
}

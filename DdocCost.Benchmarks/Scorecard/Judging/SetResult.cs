using DdocCost.Benchmarks.Scorecard.Corpora;
using DdocCost.Benchmarks.Scorecard.Detectors;

namespace DdocCost.Benchmarks.Scorecard.Judging;

/// <summary>How all detectors did on a set of corpora.</summary>
internal sealed class SetResult(CorpusSet set)
{
    /// <summary>What ours is called.</summary>
    public const string Ours = "dd0c/cost";

    /// <summary>Ours, where every file comes up to 15 minutes late and twice.</summary>
    public const string OursDelayed = "dd0c/cost, files late and twice";

    private readonly Dictionary<string, List<Outcome>> outcomes = [];

    public CorpusSet Set { get; } = set;

    /// <summary>Seeds that were measured.</summary>
    public List<ulong> Seeds { get; } = [];

    /// <summary>Whether ours means what it says.</summary>
    public Reliability Reliability { get; } = new();

    /// <summary>Ours in order against ours with files late and twice.</summary>
    public SameCases SameCases { get; private set; } = SameCases.None;

    /// <summary>Detectors in the order in which they are shown.</summary>
    public IEnumerable<string> Detectors => outcomes.Keys;

    /// <summary>A detector's outcomes, in the order of the seeds.</summary>
    public IReadOnlyList<Outcome> this[string detector] => outcomes[detector];

    /// <summary>Runs all detectors on a corpus.</summary>
    /// <returns>What ours made of it.</returns>
    public Recording Add(Corpus corpus)
    {
        var recording = Recording.Of(corpus.InOrder());
        var delayed = Recording.Of(corpus.Delayed(TimeSpan.FromMinutes(15)));
        Seeds.Add(corpus.Seed);
        Reliability.Add(recording, corpus.Key);
        SameCases = SameCases.And(SameCases.Of(recording, delayed));
        Judged(Ours, recording.Alerts);
        Judged(OursDelayed, delayed.Alerts);
        foreach (var (name, detect) in PlainDetectors.All)
        {
            Judged(name, detect(recording));
        }

        return recording;

        void Judged(string name, IEnumerable<Raised> alerts)
        {
            if (!outcomes.TryGetValue(name, out var known))
            {
                outcomes.Add(name, known = []);
            }

            known.Add(Judge.Of(corpus.Key, alerts));
        }
    }
}

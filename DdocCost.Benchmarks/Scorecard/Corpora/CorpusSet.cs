using DdocCost.Jobs.Demo;

namespace DdocCost.Benchmarks.Scorecard.Corpora;

/// <summary>Corpora of one kind, a seed each.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="About">What is in them, in a sentence.</param>
/// <param name="Read">Makes or finds the corpus of a seed; null where there is none.</param>
internal sealed record CorpusSet(string Name, string About, Func<ulong, Corpus?> Read)
{
    public const int Days = 28;
    public const int Incidents = 20;
    private static readonly DateTimeOffset Start = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero); // a Monday

    /// <summary>Corpora of the product's own simulator.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="about">What is in them.</param>
    /// <param name="world">Accounts and incidents.</param>
    /// <param name="days">How long; the first week is calm.</param>
    public static CorpusSet Simulated(string name, string about, World world, int days = Days) =>
        new(name, about, seed => Corpus.Simulate(world, seed, Start, days, Incidents));

    /// <summary>Corpora that lie in a folder, each in one named like its seed.</summary>
    public static CorpusSet Found(string name, string about, string folder) => new(
        name, about, seed => Path.Combine(folder, $"{seed}") is var found && Directory.Exists(found) ? Corpus.Read(found, seed) : null);
}

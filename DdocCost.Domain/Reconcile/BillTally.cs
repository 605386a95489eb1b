namespace DdocCost.Domain.Reconcile;

/// <summary>Counts what a bill's files held.</summary>
public sealed class BillTally
{
    private const int MostReasons = 20;
    private readonly Dictionary<string, Malformed> reasons = new(StringComparer.Ordinal);

    /// <summary>For a person, once the header was read.</summary>
    public string Format { get; internal set; } = "";

    /// <summary>Lines read, those too that are left out on purpose.</summary>
    public long Lines { get; internal set; }

    /// <summary>Lines that could not be read.</summary>
    public long Refused => reasons.Values.Sum(reason => reason.Lines);

    /// <summary>Why, the most frequent first.</summary>
    public IReadOnlyList<Malformed> Reasons => [.. reasons.Values.OrderByDescending(reason => reason.Lines)];

    internal void Refuse(long line, string why)
    {
        if (reasons.TryGetValue(why, out var known) || reasons.Count < MostReasons)
            reasons[why] = known is null ? new(why, 1, line) : known with { Lines = known.Lines + 1 };
    }
}

/// <summary>Lines that could not be read for one reason.</summary>
/// <param name="Why">For a person.</param>
/// <param name="Lines">How many.</param>
/// <param name="First">Number of the first, from 1.</param>
public sealed record Malformed(string Why, long Lines, long First);

namespace DdocCost.Domain.Notify;

/// <summary>Something to be filled in for a channel of some kind; the page draws its form from these.</summary>
/// <param name="Key">Name under which it is kept, such as <c>url</c>.</param>
/// <param name="Label">What it is called on the page.</param>
/// <param name="Hint">What to enter and where to find it, one sentence.</param>
/// <param name="IsSecret">Kept sealed and never shown again.</param>
/// <param name="IsRequired">Must not be empty.</param>
public sealed record ChannelField(string Key, string Label, string Hint, bool IsSecret = false, bool IsRequired = false)
{
    /// <summary>The values there are to choose from; empty where any text will do.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What it is before anybody enters something.</summary>
    public string Default { get; init; } = "";

    /// <summary>Longest text, characters.</summary>
    public int MaxLength { get; init; } = 2_000;
}

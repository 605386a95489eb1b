using System.Globalization;
using System.Text.RegularExpressions;
using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Undo;

/// <summary>Like resources of one account, region and owner, all of whose ids are safe.</summary>
/// <param name="AccountId">Account.</param>
/// <param name="Region">Region.</param>
/// <param name="Owner">What owns them, such as <c>autoscaling:web-asg</c>, or null.</param>
/// <param name="Resources">At least one.</param>
internal sealed partial record UndoTarget(string AccountId, string Region, string? Owner, IReadOnlyList<RunningResource> Resources)
{
    // Terminate and stop take at most a thousand ids; fewer keep a line readable.
    private const int IdsPerLine = 50;

    /// <summary>Distinct ids, in order.</summary>
    public IReadOnlyList<string> Ids => [.. Resources.Select(resource => resource.ResourceId).Distinct()];

    /// <summary>A command that takes many ids a line.</summary>
    /// <param name="title">With <c>{one|many}</c> where the count and its noun stand.</param>
    /// <param name="loses">What is lost.</param>
    /// <param name="call">Line for some ids.</param>
    /// <param name="reversible">Whether it can be started again.</param>
    public UndoCommand Together(string title, string loses, Func<IReadOnlyList<string>, AwsCall> call, bool reversible = false) =>
        Make(title, loses, Ids.Chunk(IdsPerLine).Select(chunk => call(chunk).ToString()), reversible);

    /// <summary>A command that takes one id a line.</summary>
    public UndoCommand Each(string title, string loses, Func<string, AwsCall> call, bool reversible = false) =>
        Make(title, loses, Ids.Select(id => call(id).ToString()), reversible);

    /// <summary>A command that acts on what owns them.</summary>
    public UndoCommand Once(string title, string loses, AwsCall call, bool reversible = false) => Make(title, loses, [call.ToString()], reversible);

    private UndoCommand Make(string title, string loses, IEnumerable<string> lines, bool reversible) =>
        new(Counted(title, Ids.Count), AccountId, string.Join('\n', lines), loses, reversible, Ids);

    private static string Counted(string title, int count) => Noun().Replace(
        title, noun => count == 1 ? $"the {noun.Groups["one"].Value}" : string.Create(CultureInfo.InvariantCulture, $"{count} {noun.Groups["many"].Value}"));

    [GeneratedRegex(@"\{(?<one>[^|}]+)\|(?<many>[^}]+)\}")]
    private static partial Regex Noun();
}

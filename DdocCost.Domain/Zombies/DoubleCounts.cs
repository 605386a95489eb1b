namespace DdocCost.Domain.Zombies;

/// <summary>Sees to it that no dollar is counted twice. Pure.</summary>
public static class DoubleCounts
{
    /// <summary>The same findings, each with the finding that holds its saving, if any.</summary>
    /// <remarks>
    /// Two rules on one resource: the larger saving counts. A finding whose resource another finding covers (a volume of a stopped
    /// instance, the machines of an idle cluster) is part of that one. Only what is alive takes part, and what is kept hides what it covers
    /// as well: somebody wants the whole.
    /// </remarks>
    public static IReadOnlyList<ZombieFinding> Resolve(IReadOnlyList<ZombieFinding> findings)
    {
        var alive = findings.Where(finding => finding.State != FindingState.Gone).ToList();
        var largest = alive
            .GroupBy(Of)
            .ToDictionary(same => same.Key, same => same
                .OrderByDescending(finding => finding.Saving.UsdPerMonth ?? -1)
                .ThenByDescending(finding => finding.Sureness)
                .ThenBy(finding => finding.Id, StringComparer.Ordinal).First());
        var covering = new Dictionary<(string, string, string), ZombieFinding>();
        foreach (var finding in largest.Values.OrderByDescending(finding => finding.Saving.UsdPerMonth ?? -1).ThenBy(finding => finding.Id, StringComparer.Ordinal))
        {
            foreach (var id in finding.Covers)
                covering.TryAdd((finding.AccountId, finding.Region, id), finding);
        }

        return [.. findings.Select(finding => finding with { CountedIn = finding.State == FindingState.Gone ? null : HolderOf(finding) })];

        string? HolderOf(ZombieFinding finding)
        {
            var own = largest[Of(finding)];
            return covering.TryGetValue(Of(finding), out var whole) && !Covers(own, whole) ? whole.Id
                : own.Id == finding.Id ? null : own.Id;
        }
    }

    private static (string Account, string Region, string Resource) Of(ZombieFinding finding) => (finding.AccountId, finding.Region, finding.ResourceId);

    // Two that cover each other would both vanish from the total.
    private static bool Covers(ZombieFinding finding, ZombieFinding other) => finding.Covers.Contains(other.ResourceId);
}

using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Undo;

/// <summary>Finds the commands that end what runs. Pure: text out of documents.</summary>
public static class UndoPlanner
{
    /// <summary>Commands for these resources, grouped so that like ones are ended together; the dearest group first.</summary>
    public static UndoPlan For(IEnumerable<RunningResource> resources)
    {
        var commands = new List<UndoCommand>();
        var without = new List<UndoGap>();
        var groups = resources
            .GroupBy(resource => (resource.AccountId, resource.Region, resource.ResourceType, resource.Owner))
            .OrderByDescending(group => group.Sum(resource => resource.UsdPerHour ?? 0));
        foreach (var group in groups)
        {
            var (safe, gaps) = Split(group);
            without.AddRange(gaps);
            if (safe.Count > 0)
            {
                commands.AddRange(UndoRecipes.All[group.Key.ResourceType](new UndoTarget(group.Key.AccountId, group.Key.Region, group.Key.Owner, safe)));
            }
        }

        return new UndoPlan(commands, without);
    }

    private static (List<RunningResource> Safe, List<UndoGap> Gaps) Split(IEnumerable<RunningResource> group)
    {
        var safe = new List<RunningResource>();
        var gaps = new List<UndoGap>();
        foreach (var resource in group)
        {
            if (WhyNot(resource) is { } reason)
            {
                gaps.Add(new UndoGap(resource.ResourceId, reason));
            }
            else
            {
                safe.Add(resource);
            }
        }

        return (safe, gaps);
    }

    private static string? WhyNot(RunningResource resource)
    {
        if (!UndoRecipes.All.ContainsKey(resource.ResourceType))
        {
            return $"no command is known for {resource.ResourceType}";
        }

        if (!ShellText.IsSafe(resource.ResourceId) || !ShellText.IsSafe(resource.Region) || (resource.Owner is { } owner && !ShellText.IsSafe(owner)))
        {
            return "its name holds characters that do not belong into a command";
        }

        return UndoRecipes.IdPrefix(resource.ResourceType) is { } prefix && !resource.ResourceId.StartsWith(prefix, StringComparison.Ordinal)
            ? "CloudTrail did not tell its id"
            : null;
    }
}

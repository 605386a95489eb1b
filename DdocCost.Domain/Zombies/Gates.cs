using System.Globalization;

namespace DdocCost.Domain.Zombies;

/// <summary>What holds for every rule before its own criterion is asked. Pure functions.</summary>
public static class Gates
{
    /// <summary>The first gate that stops a rule at a resource, or null where it may judge.</summary>
    public static Stop? Before(ZombieRule rule, RuleSetting setting, Resource resource, HuntSettings settings, Suspect suspect) =>
        !setting.IsOn ? new Stop(StopReason.RuleIsOff, "the rule is switched off")
        : KeptBy(resource, settings.KeepTags) is { } tag ? new Stop(StopReason.KeepTag, $"it has the keep tag {tag}")
        : LeftTo(rule, resource) is { } owner ? new Stop(StopReason.Owner, $"it belongs to {owner}, which is judged instead")
        : OldEnough(rule, suspect);

    /// <summary>The keep tag that a resource has, or null.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="keepTags">As <c>key</c> or <c>key=value</c>.</param>
    public static string? KeptBy(Resource resource, IReadOnlyList<string> keepTags)
    {
        foreach (var (key, value) in resource.Tags)
        {
            foreach (var keep in keepTags)
            {
                var at = keep.IndexOf('=', StringComparison.Ordinal);
                var (wantedKey, wantedValue) = at < 0 ? (keep, null) : (keep[..at], keep[(at + 1)..]);
                if (key.Equals(wantedKey.Trim(), StringComparison.OrdinalIgnoreCase)
                    && (wantedValue is null ? !IsNegation(value) : value.Equals(wantedValue.Trim(), StringComparison.OrdinalIgnoreCase)))
                {
                    return value.Length == 0 ? key : $"{key}={value}";
                }
            }
        }

        return null;
    }

    /// <summary>The owner that a rule leaves a resource to, or null.</summary>
    public static string? LeftTo(ZombieRule rule, Resource resource) =>
        resource.Owner is { } owner && rule.LeavesTo.Any(start => owner.StartsWith(start, StringComparison.Ordinal)) ? owner : null;

    private static Stop? OldEnough(ZombieRule rule, Suspect suspect)
    {
        if (rule.JudgesYoung)
            return null;
        var age = suspect.AgeInDays;
        return age.Missing is { } why ? new Stop(StopReason.AgeUnknown, why)
            : age.Value >= suspect.Days ? null
            : new Stop(StopReason.TooYoung, string.Create(CultureInfo.InvariantCulture, $"it is {Math.Max(0, age.Value):0} days old and the window is {suspect.Days}"));
    }

    private static bool IsNegation(string value) => value.Trim().ToLowerInvariant() is "false" or "no" or "0" or "off";
}

/// <summary>Why a rule did not judge a resource.</summary>
public enum StopReason
{
    /// <summary>A tag says to keep it.</summary>
    KeepTag = 0,

    /// <summary>The rule is off.</summary>
    RuleIsOff,

    /// <summary>Something owns it and is judged instead.</summary>
    Owner,

    /// <summary>It is younger than the window.</summary>
    TooYoung,

    /// <summary>It is not known how old it is.</summary>
    AgeUnknown,
}

/// <summary>A gate that is closed.</summary>
/// <param name="Reason">Which.</param>
/// <param name="Words">For a person.</param>
public sealed record Stop(StopReason Reason, string Words);

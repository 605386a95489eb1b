namespace DdocCost.Domain.Zombies;

/// <summary>What a tenant changed about a rule. Document.</summary>
public sealed record RuleSetting
{
    /// <summary>The rule's id.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the rule runs.</summary>
    /// <value>Default true.</value>
    public bool IsOn { get; init; } = true;

    /// <summary>Thresholds that differ from their defaults.</summary>
    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>();

    /// <summary>Who changed it last.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Nothing changed.</summary>
    public static RuleSetting Default(ZombieRule rule) => new() { Id = rule.Id };

    /// <summary>A threshold's value: the tenant's where it is within the bounds (they may have changed since), else the default.</summary>
    /// <exception cref="ArgumentException">The rule has no such threshold.</exception>
    public double ValueOf(ZombieRule rule, string name)
    {
        var threshold = rule.Thresholds.FirstOrDefault(threshold => threshold.Name == name)
            ?? throw new ArgumentException($"{rule.Id} has no threshold '{name}'.", nameof(name));
        return Values.TryGetValue(name, out var value) && threshold.Allows(value) ? value : threshold.Default;
    }

    /// <summary>The rule's window in whole days.</summary>
    public int DaysOf(ZombieRule rule) => (int)ValueOf(rule, Threshold.Window);
}

namespace DdocCost.Domain.Zombies;

/// <summary>What one rule said of one resource in one scan.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Answer">Yes, no, or not enough data; unclear too where a gate stopped the rule.</param>
/// <param name="Stop">The gate that stopped it, or null.</param>
/// <param name="Sighting">What to tell of a yes; null otherwise.</param>
public sealed record Ruling(ZombieRule Rule, Resource Resource, Answer Answer, Stop? Stop, Sighting? Sighting)
{
    /// <summary>Id of the finding it is about.</summary>
    public string FindingId => ZombieFinding.IdOf(Rule.Id, Resource.AccountId, Resource.Region, Resource.Id);
}

/// <summary>A zombie as one scan saw it.</summary>
/// <param name="Criterion">The rule's criterion with its thresholds.</param>
/// <param name="Saving">What ending it would save.</param>
/// <param name="Covers">Ids of resources whose cost is part of that.</param>
/// <param name="IdleSince">Since when it is known to be idle, UTC.</param>
/// <param name="MustLast">How long scans must see it so before it is called a zombie.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Steps">What a person can do, the safest first.</param>
public sealed record Sighting(
    string Criterion, Saving Saving, IReadOnlyList<string> Covers, DateTimeOffset IdleSince, TimeSpan MustLast, IReadOnlyList<Observation> Evidence, IReadOnlyList<NextStep> Steps);

/// <summary>One thing that was seen.</summary>
/// <param name="Label">What: a metric's name, or a fact's.</param>
/// <param name="Text">In words; empty for a course.</param>
/// <param name="Course">Daily values, oldest first; empty for a fact.</param>
/// <param name="Unit">Of the values.</param>
public sealed record Observation(string Label, string Text, IReadOnlyList<DayValue> Course, string Unit);

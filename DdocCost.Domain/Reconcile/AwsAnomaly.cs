namespace DdocCost.Domain.Reconcile;

/// <summary>What AWS Cost Anomaly Detection told of one of its anomalies. It does not say when it told; that lies between two of our questions.</summary>
/// <param name="Id">AWS's id.</param>
/// <param name="AccountId">Account that it is about.</param>
/// <param name="Service">As CloudTrail names it; else as AWS does.</param>
/// <param name="Region">Of its root cause, or empty.</param>
/// <param name="Began">First day, UTC.</param>
/// <param name="Ended">Last day, UTC; null while it goes on.</param>
/// <param name="ImpactUsd">Spent beyond what AWS expected, USD.</param>
/// <param name="SeenAt">When we were first told of it, UTC.</param>
/// <param name="NotSeenAt">When we last asked before and were not, UTC; null where it was there at the first question.</param>
public sealed record AwsAnomaly(
    string Id, string AccountId, string Service, string Region, DateOnly Began, DateOnly? Ended, decimal ImpactUsd, DateTimeOffset SeenAt, DateTimeOffset? NotSeenAt)
{
    /// <summary>A case that began this long before or after AWS's days is another matter.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    /// <summary>Before this AWS cannot have told: neither before the day began, nor when it was asked and did not.</summary>
    public DateTimeOffset Earliest => NotSeenAt > Midnight(Began) ? NotSeenAt.Value : Midnight(Began);

    /// <summary>Whether a case of ours may be about the same.</summary>
    /// <param name="accountId">The case's account.</param>
    /// <param name="services">Services it touched, as CloudTrail names them.</param>
    /// <param name="startedAt">When it began, UTC.</param>
    public bool IsAbout(string accountId, IReadOnlyCollection<string> services, DateTimeOffset startedAt)
    {
        ArgumentNullException.ThrowIfNull(services);
        return accountId == AccountId && (Service.Length == 0 || services.Contains(Service))
            && startedAt >= Midnight(Began) - Slack && startedAt < Midnight((Ended ?? DateOnly.FromDateTime(SeenAt.UtcDateTime)).AddDays(1)) + Slack;
    }

    /// <summary>Who told first, and by how many hours at least and at most.</summary>
    /// <param name="toldAt">When we told, UTC; null where we did not.</param>
    public ToldFirst Compare(DateTimeOffset? toldAt) => toldAt switch
    {
        null => new(FirstTeller.OnlyAws, null, null),
        { } ours when ours <= Earliest => new(FirstTeller.Us, (Earliest - ours).TotalHours, (SeenAt - ours).TotalHours),
        { } ours when ours >= SeenAt => new(FirstTeller.Aws, (ours - SeenAt).TotalHours, (ours - Earliest).TotalHours),
        _ => new(FirstTeller.Unclear, null, null),
    };

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}

/// <summary>Who told first.</summary>
public enum FirstTeller
{
    /// <summary>We told nothing of it.</summary>
    OnlyAws,

    /// <summary>We did.</summary>
    Us,

    /// <summary>AWS did.</summary>
    Aws,

    /// <summary>AWS told some time between two questions, and so did we.</summary>
    Unclear,
}

/// <summary>Who told first, by how many hours.</summary>
/// <param name="Who">Who.</param>
/// <param name="AtLeastHours">At least; null where nobody or nobody knows.</param>
/// <param name="AtMostHours">At most.</param>
public readonly record struct ToldFirst(FirstTeller Who, double? AtLeastHours, double? AtMostHours);

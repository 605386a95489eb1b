using DdocCost.Domain.Governance;

namespace DdocCost.Jobs.Notify;

/// <summary>What of telling people can be switched.</summary>
internal static class NotifyFlags
{
    /// <summary>Cases beyond a channel's measure are told together.</summary>
    public static readonly FeatureFlag Storms = new(
        "notify.storms", "Tells new cases together once a channel has had too many within an hour.", "notifications", new DateOnly(2027, 6, 30), FlagMode.Act);

    /// <summary>Silent trails raise an alarm.</summary>
    public static readonly FeatureFlag QuietTrails = new(
        "notify.quiet-trails", "Raises an alarm when an account's trail is silent for longer than its habit.", "notifications", new DateOnly(2027, 6, 30), FlagMode.Act);
}

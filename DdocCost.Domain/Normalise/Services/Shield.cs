using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Shield Advanced: a subscription by the month, for a year. Source: AWS Shield Advanced API reference.</summary>
internal static class Shield
{
    private const string Subscription = "shield:subscription";
    private const string Protection = "shield:protection";

    public static readonly Service Service = new("shield",
        Starts("CreateSubscription", Subscription, (record, changes) => changes.Add(id: "subscription", note: "committed for a year")),
        Starts("CreateProtection", Protection, "protectionId"),
        Stops("DeleteProtection", Protection, "protectionId"));
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>QuickSight users and capacity, by the month. Source: Amazon QuickSight API reference.</summary>
internal static class QuickSight
{
    private const string Subscription = "quicksight:subscription";
    private const string User = "quicksight:user";
    private const string Spice = "quicksight:spice";

    public static readonly Service Service = new("quicksight",
        Starts("CreateAccountSubscription", Subscription, (record, changes) => changes.Add(
            size: record.Request["edition"].Text?.ToLowerInvariant(), id: record.Request["awsAccountId"].Or(record.Request["accountName"]).Text)),
        Stops("DeleteAccountSubscription", Subscription, "awsAccountId"),
        Starts("RegisterUser", User, Person),
        Changes("UpdateUser", User, Person),
        Stops("DeleteUser", User, "userName"),
        Changes("UpdateSPICECapacityConfiguration", Spice, (record, changes) => changes.Add(id: "account")));

    private static void Person(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: record.Request["userRole"].Or(record.Request["role"]).Text?.ToLowerInvariant().Replace('_', '-'),
        id: record.Response["user"]["userName"].Or(record.Request["userName"]).Or(record.Request["email"]).Text);
}

namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Customer key that nobody uses.</summary>
internal static class UnusedKey
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "KMS-01",
        Title = "Customer key that nobody uses",
        Class = ZombieClass.Idle,
        Kind = Kinds.Key,
        Criterion = "It is enabled, and nobody used it in the last {days} days as far as AWS tracks.",
        Window = Threshold.Days(90, 30, 400),
        Sureness = Sureness.Low,
        SavingInWords = "price of the key by the month",
        Traps =
        [
            "What was encrypted with it is lost with it, for good: disable it first and wait.",
            "AWS tracks use only since a date that it tells: before that there is not enough data.",
            "Keys of AWS and copies of multi-region keys are left out.",
        ],
        Source = "Cloud Custodian (30 days)",
        Remedies =
        [
            new("Disable the key", "kms disable-key --key-id {id}", "Reading what was encrypted with it, until it is enabled again.", IsReversible: true),
            new("Schedule its deletion in 30 days", "kms schedule-key-deletion --key-id {id} --pending-window-in-days 30", "After 30 days all that was encrypted with it, for good."),
        ],
        Terraform = "aws_kms_key",
        Judge = key => key.State("enabled") & key.Is("manager", "CUSTOMER") & !key.FlagOrNot("replica")
            & (key.NotWithinWindow("lastUsed") | (key.Resource.Time("lastUsed") is null & key.NotWithinWindow("trackedSince"))),
    };
}

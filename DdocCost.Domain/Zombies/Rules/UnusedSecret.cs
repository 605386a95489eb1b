namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Secret that nobody reads.</summary>
internal static class UnusedSecret
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "SEC-01",
        Title = "Secret that nobody reads",
        Class = ZombieClass.Idle,
        Kind = Kinds.Secret,
        Criterion = "It was last read at least {days} days ago, or never, and is older than that.",
        Window = Threshold.Days(90, 14, 400),
        Sureness = Sureness.Medium,
        SavingInWords = "price of the secret by the month, for each copy",
        Traps =
        [
            "Secrets that a service owns are left to it.",
            "Rotation reads it too: such a secret shows a recent date and is not found.",
            "Kept for disaster: a keep tag says so.",
        ],
        Source = "turbot Thrifty and Prowler (90 days)",
        Remedies =
        [
            new("Schedule its deletion in 30 days", "secretsmanager delete-secret --secret-id {arn} --recovery-window-in-days 30", "The secret after 30 days; until then restore-secret brings it back.", IsReversible: true),
        ],
        Terraform = "aws_secretsmanager_secret",
        Judge = secret => !secret.Has("service") & !secret.FlagOrNot("deleted") & secret.IsOld & (secret.Resource.Time("lastRead") is null | secret.NotWithinWindow("lastRead")),
    };
}

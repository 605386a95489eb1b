namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Old Lambda version that is kept snapped.</summary>
internal static class OldSnapStartVersion
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "LAM-07",
        Title = "Old Lambda version that is kept snapped",
        Class = ZombieClass.Stale,
        Kind = Kinds.FunctionVersion,
        Criterion = "It has a snapshot for quick starts, no alias leads to it, a newer version exists, and it is older than {days} days.",
        Window = Threshold.Days(30, 7, 365),
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "the snapshot's memory by the second is not in the price book: unpriced",
        Saves = version => Saving.Unpriced("no list price is known for cached snapshots of functions"),
        Traps =
        [
            "A version that an alias leads to, in part or whole, is left out.",
            "Without a snapshot a version costs next to nothing: left out.",
        ],
        Source = "derived: snapshots of published versions are billed while they exist",
        Remedies =
        [
            new("Delete the version", "lambda delete-function --function-name {function} --qualifier {version}", "That version; the others stay."),
        ],
        Terraform = "aws_lambda_function",
        Judge = version => version.FlagOrNot("snapped") & !version.FlagOrNot("aliased") & !version.FlagOrNot("newest") & version.IsOld,
    };
}

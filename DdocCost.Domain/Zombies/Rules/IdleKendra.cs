namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Kendra index that nobody asks.</summary>
internal static class IdleKendra
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "KEN-01",
        Title = "Kendra index that nobody asks",
        Class = ZombieClass.Idle,
        Kind = Kinds.KendraIndex,
        Criterion = "It is active, and nobody asked it in the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("queries", "AWS/Kendra", "IndexQueryCount", Statistic.Sum, "IndexId={id}") { Unit = "queries", IsSparse = true },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "index hours by edition at list price",
        Traps = ["Chat assistants ask it through a retriever: that counts as queries."],
        Source = "derived: an index is billed by the hour",
        Remedies =
        [
            new("Delete the index", "kendra delete-index --id {id}", "The index with all documents in it, for good."),
        ],
        Terraform = "aws_kendra_index",
        Judge = index => index.State("ACTIVE") & index.Nothing("queries"),
    };
}

namespace DdocCost.Domain.Zombies.Rules;

/// <summary>OpenSearch Serverless collection without requests.</summary>
internal static class IdleSearchCollection
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "OS-02",
        Title = "OpenSearch Serverless collection without requests",
        Class = ZombieClass.Idle,
        Kind = Kinds.SearchCollection,
        Criterion = "It is active, and no search and no document reached it in the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("searches", "AWS/AOSS", "SearchRequestRate", Statistic.Sum, "ClientId={account},CollectionId={id},CollectionName={name}") { Unit = "requests", IsSparse = true },
            new("documents", "AWS/AOSS", "IngestionRequestRate", Statistic.Sum, "ClientId={account},CollectionId={id},CollectionName={name}") { Unit = "requests", IsSparse = true },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "the least of compute units, as the most it can be",
        Saves = collection => collection.ListPrice().AtMost("compute units are shared by the collections of one key: the saving comes with the last of them"),
        Traps =
        [
            "Units are shared by all collections of one key: a ceiling.",
            "The vector store of a knowledge base looks the same when nobody asks it.",
        ],
        Source = "derived: compute units have a least number, whoever asks",
        Remedies =
        [
            new("Delete the collection", "opensearchserverless delete-collection --id {id}", "The collection and all that is in it, for good."),
        ],
        Terraform = "aws_opensearchserverless_collection",
        Judge = collection => collection.State("active") & collection.Nothing("searches", "documents"),
    };
}

namespace DdocCost.Domain.Zombies.Rules;

/// <summary>OpenSearch domain without searches and indexing.</summary>
internal static class IdleSearchDomain
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "OS-01",
        Title = "OpenSearch domain without searches and indexing",
        Class = ZombieClass.Idle,
        Kind = Kinds.SearchDomain,
        Criterion = "In the last {days} days it saw no search and no indexing, and its CPU stayed below {cpu} % at the peak.",
        Window = Threshold.Days(14, 7, 63),
        Limits = [new("cpu", 10, 1, 50, "%")],
        Metrics =
        [
            new("searches", "AWS/ES", "SearchRate", Statistic.Sum, "ClientId={account},DomainName={id}") { Unit = "searches" },
            new("indexing", "AWS/ES", "IndexingRate", Statistic.Sum, "ClientId={account},DomainName={id}") { Unit = "documents" },
            new("cpu", "AWS/ES", "CPUUtilization", Statistic.Maximum, "ClientId={account},DomainName={id}") { Unit = "%" },
        ],
        Sureness = Sureness.Medium,
        SavingInWords = "data nodes and their storage at list price; master nodes come on top",
        Traps =
        [
            "Dashboards ask by themselves while a browser is open: sureness is medium.",
            "Rates are counted on every node: they are added up.",
        ],
        Source = "Trend Conformity (CPU below 2 % for 7 days); Finala",
        Remedies =
        [
            new("Delete the domain", "opensearch delete-domain --domain-name {id}", "The domain and all that is in it, for good: register a snapshot repository and keep a snapshot first."),
        ],
        Terraform = "aws_opensearch_domain",
        Judge = domain => domain.State("active") & domain.Nothing("searches", "indexing") & domain.Peak("cpu") < domain.Limit("cpu"),
    };
}

using DdocCost.Domain.Storage;
using Marten;
using Weasel.Postgresql.Tables;

namespace DdocCost.Domain.Scoring;

/// <summary>What scoring keeps: every cost event, and what is normal.</summary>
internal sealed class ScoringStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        // The one table that grows with traffic. No GIN here: it costs more than all the rest of a row (docs/decisions/gin-indexes.md).
        options.Schema.For<CostEvent>()
            .DocumentAlias("cost_events")
            .Lean()
            .Column(e => e.AccountId, index: "account_id, time")
            .Column(e => e.Time, index: "time")
            .Column(e => e.Severity, index: "severity, time", where: "severity <> 'None'")
            .Column(e => e.CaseId, index: "case_id", where: "case_id is not null")
            .Index(e => e.Time, index => Rare(index, "unpriced", "time", CostEventSql.Unpriced))
            .Index(e => e.Time, index => Rare(index, "refused", "time", CostEventSql.Refused))
            .Index(e => e.Time, index => Rare(index, "alerted", "account_id, time", "severity <> 'None'"))
            .Index(e => e.Time, index => (index.Name, index.Mask) = ("mt_doc_cost_events_idx_actor", $"tenant_id, ({CostEventSql.Actor}), time"))
            .GrowingColumn(e => e.CreatedAt)
            .PartitionOn(e => e.Time, partitions => partitions.ByExternallyManagedRangePartitions()); // by CostEventPartitions

        options.Schema.For<Baseline>()
            .DocumentAlias("baselines")
            .Lean()
            .FillFactor(70) // rewritten with every batch; room on the page keeps the indexes untouched
            .Column(baseline => baseline.AccountId, index: "account_id, resource_type")
            .Column(baseline => baseline.ResourceType, index: "resource_type");

        options.Schema.For<AccountProfile>()
            .DocumentAlias("account_profiles")
            .FillFactor(70);
    }

    // Of those few that a condition holds for: nobody reads years to find the latest of them.
    private static void Rare(IndexDefinition index, string name, string columns, string where) =>
        (index.Name, index.Mask, index.Predicate) = ($"mt_doc_cost_events_idx_{name}", $"tenant_id, {columns}", where);
}

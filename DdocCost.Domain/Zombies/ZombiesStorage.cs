using DdocCost.Domain.Storage;
using Marten;

namespace DdocCost.Domain.Zombies;

/// <summary>What the hunt keeps.</summary>
internal sealed class ZombiesStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<ZombieFinding>()
            .DocumentAlias("zombie_findings")
            .Column(finding => finding.AccountId, index: "account_id, region")
            .Column(finding => finding.Region, index: "region")
            .Column(finding => finding.State, index: "state, account_id")
            .Column(finding => finding.RuleId, index: "rule_id");
        options.Schema.For<HuntRun>()
            .DocumentAlias("hunt_runs")
            .Column(run => run.AccountId, index: "account_id, started_at")
            .Column(run => run.StartedAt, index: "started_at");
        options.Schema.For<ScanPart>().DocumentAlias("scan_parts").Lean().Column(part => part.RunId, index: "run_id");
        options.Schema.For<Sightings>().DocumentAlias("sightings").Lean();
        options.Schema.For<RuleSetting>().DocumentAlias("zombie_rule_settings");
        options.Schema.For<HuntSettings>().DocumentAlias("hunt_settings");
        options.Schema.For<HuntCancellation>().DocumentAlias("hunt_cancellations").Lean();
        options.Schema.For<InventoryComparison>().DocumentAlias("inventory_comparisons").Column(comparison => comparison.AccountId, index: "account_id");
    }
}

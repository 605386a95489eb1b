using DdocCost.Domain.Storage;
using Marten;

namespace DdocCost.Domain.Ledger;

/// <summary>What the ledger keeps: what runs, what was defined, and the hours that spend was added in.</summary>
internal sealed class LedgerStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<RunningResource>()
            .DocumentAlias("running_resources")
            .Lean()
            .Column(resource => resource.AccountId, index: "account_id");

        options.Schema.For<EndedResource>()
            .DocumentAlias("ended_resources")
            .Lean()
            .Column(resource => resource.AccountId, index: "account_id");

        options.Schema.For<ResourceDefinition>()
            .DocumentAlias("resource_definitions")
            .Column(definition => definition.AccountId, index: "account_id")
            .GinIndexJsonData();

        options.Schema.For<SpendHour>()
            .DocumentAlias("spend_hours")
            .Lean()
            .FillFactor(70) // the current hour's row is rewritten with every batch
            .Column(hour => hour.AccountId, index: "account_id, hour")
            .Column(hour => hour.Hour, index: "hour");
    }
}

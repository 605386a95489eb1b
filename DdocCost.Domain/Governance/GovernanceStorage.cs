using Marten;

namespace DdocCost.Domain.Governance;

/// <summary>What governance keeps as documents, of the whole installation.</summary>
internal sealed class GovernanceStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<PanicRecord>().DocumentAlias("panic");
        options.Schema.For<FlagSetting>().DocumentAlias("flags");
    }
}

using Marten;

namespace DdocCost.Domain.Sources;

/// <summary>What sources keep as documents.</summary>
internal sealed class SourcesStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<SourceStatus>().DocumentAlias("source_status");
        options.Schema.For<ConnectedAccount>().DocumentAlias("connected_accounts").UseNumericRevisions(true)
            .Metadata(metadata => metadata.Revision.MapTo(account => account.Version));
    }
}

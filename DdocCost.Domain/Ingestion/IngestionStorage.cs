using DdocCost.Domain.Storage;
using Marten;

namespace DdocCost.Domain.Ingestion;

/// <summary>What ingestion keeps as documents.</summary>
internal sealed class IngestionStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<ArchiveHealth>().DocumentAlias("archive_health");
        options.Schema.For<ArchiveRetention>().DocumentAlias("archive_retention");
        options.Schema.For<QuarantinedRecord>()
            .DocumentAlias("quarantined_records")
            .Column(record => record.AccountId, index: "account_id, found_at")
            .Column(record => record.FoundAt, index: "found_at")
            .GinIndexJsonData();
    }
}

using DdocCost.Domain.Storage;
using Marten;

namespace DdocCost.Domain.Audit;

/// <summary>How the log of changes is kept: per tenant, by time and by what was changed.</summary>
internal sealed class AuditStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options) =>
        options.Schema.For<AuditEntry>()
            .DocumentAlias("audit_entries")
            .Column(entry => entry.At, index: "at")
            .Column(entry => entry.Subject, index: "subject, at");
}

using DdocCost.Domain.Storage;
using Marten;

namespace DdocCost.Domain.Reprocess;

/// <summary>How runs are kept.</summary>
internal sealed class ReprocessStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<ReprocessRun>().DocumentAlias("reprocess_runs").Column(run => run.AskedAt, index: "asked_at");
        options.Schema.For<ReprocessStop>().DocumentAlias("reprocess_stops");
    }
}

using Marten;

namespace DdocCost.App.Anomalies;

/// <summary>How remarks are stored: per tenant, like the cases.</summary>
internal sealed class TriageStorage : IConfigureMarten
{
    /// <inheritdoc />
    public void Configure(IServiceProvider services, StoreOptions options) =>
        options.Schema.For<CaseTriage>().DocumentAlias("case_triage").UseOptimisticConcurrency(true);
}

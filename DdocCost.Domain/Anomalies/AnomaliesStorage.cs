using DdocCost.Domain.Storage;
using Marten;

namespace DdocCost.Domain.Anomalies;

/// <summary>What anomalies keep: the cases, what people said of them, and what they expect.</summary>
internal sealed class AnomaliesStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<AnomalyCase>()
            .DocumentAlias("anomaly_cases")
            .Column(anomaly => anomaly.AccountId, index: "account_id, detected_at")
            .Column(anomaly => anomaly.DetectedAt, index: "detected_at")
            .Column(anomaly => anomaly.Severity, index: "severity, detected_at")
            .Column(anomaly => anomaly.ClosedAt, index: "account_id", where: "closed_at is null")
            .GinIndexJsonData();

        options.Schema.For<CaseTriage>().DocumentAlias("case_triage").UseOptimisticConcurrency(true);
        options.Schema.For<StandingExpectation>()
            .DocumentAlias("standing_expectations")
            .Column(expectation => expectation.AccountId, index: "account_id");
    }
}

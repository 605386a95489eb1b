using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Domain;

/// <summary>Adds the stages in the order in which an event passes them: the table of contents of the Domain.</summary>
public static class DomainSetup
{
    /// <summary>Adds the store and what each stage keeps there.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="connectionString">PostgreSQL, in Npgsql's form.</param>
    public static IServiceCollection AddDomain(this IServiceCollection services, string connectionString) => services
        .AddStore(connectionString)
        .AddSingleton<IConfigureMarten, IngestionStorage>()
        .AddSingleton<IConfigureMarten, LedgerStorage>()
        .AddSingleton<IConfigureMarten, ScoringStorage>()
        .AddSingleton<IConfigureMarten, AnomaliesStorage>();
}

using DdocCost.Domain.Access;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Backtest;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Refresh;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Reconcile;
using DdocCost.Domain.Reprocess;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Domain.Tuning;
using DdocCost.Domain.Zombies;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DdocCost.Domain;

/// <summary>Adds the stages in the order in which an event passes them: the table of contents of the Domain.</summary>
public static class DomainSetup
{
    /// <summary>Adds the store, what each stage keeps there, and the intake.</summary>
    /// <param name="services">Where to. An <see cref="IRawArchive"/> is the caller's to add, before the intake is asked for.</param>
    /// <param name="connectionString">PostgreSQL, in Npgsql's form.</param>
    public static IServiceCollection AddDomain(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseClock>());
        services.AddOptions<QueueOptions>();
        return services
            .AddStore(connectionString)
            .AddSingleton<IConfigureMarten, GovernanceStorage>()
            .AddSingleton<IConfigureMarten, UsersStorage>()
            .AddSingleton<IConfigureMarten, AuditStorage>()
            .AddSingleton<IConfigureMarten, ProtectionKeyStorage>()
            .AddSingleton<IConfigureMarten, SourcesStorage>()
            .AddSingleton<IConfigureMarten, IngestionStorage>()
            .AddSingleton<IConfigureMarten, LedgerStorage>()
            .AddSingleton<IConfigureMarten, ScoringStorage>()
            .AddSingleton<IConfigureMarten, TuningStorage>()
            .AddSingleton<IConfigureMarten, AnomaliesStorage>()
            .AddSingleton<IConfigureMarten, BacktestStorage>()
            .AddSingleton<IConfigureMarten, ReprocessStorage>()
            .AddSingleton<IConfigureMarten, NotifyStorage>()
            .AddSingleton<IConfigureMarten, ZombiesStorage>()
            .AddSingleton<IMigration, AdoptionMigration>()
            .AddSingleton<IMigration, DocumentMigration>()
            .AddSingleton<IMigration, PartitionMigration>()
            .AddSingleton<IMigration, CompressionMigration>()
            .AddSingleton<IMigration, StatisticsMigration>()
            .AddSingleton<IMigration, IntakeMigration>()
            .AddSingleton<IMigration, QueueMigration>()
            .AddSingleton<IMigration, SourcesMigration>()
            .AddSingleton<IMigration, PriceMigration>()
            .AddSingleton<PriceStore>()
            .AddSingleton<CurrentPrices>()
            .AddSingleton<IMigration, NotifyMigration>()
            .AddSingleton<ICaseListener, OutboxListener>()
            .AddSingleton<IMigration, ReconcileMigration>()
            .AddSingleton<Comparison>()
            .AddSingleton<AwsAnomalies>()
            .AddSingleton<BillImport>()
            .AddSingleton<IBilledCosts, ImportedBills>()
            .AddSingleton<Migrations>()
            .AddSingleton<IEventQueue, PostgresQueue>()
            .AddSingleton<IntakeStore>()
            .AddSingleton<Intake>()
            .AddSingleton<SourcePositions>()
            .AddSingleton<FolderSource>()
            .AddSingleton<SettingsDesk>()
            .AddSingleton<CaseDesk>();
    }
}

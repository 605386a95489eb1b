using DdocCost.App.Anomalies;
using DdocCost.App.Archive;
using DdocCost.App.Audit;
using DdocCost.App.Coverage;
using DdocCost.App.Detection;
using DdocCost.App.Events;
using DdocCost.App.Exposure;
using DdocCost.App.Governance;
using DdocCost.App.Health;
using DdocCost.App.Notify;
using DdocCost.App.Overview;
using DdocCost.App.Quarantine;
using DdocCost.App.Reconcile;
using DdocCost.App.Search;
using DdocCost.App.Zombies;
using DdocCost.App.Sources;
using DdocCost.App.Sources.Connect;

namespace DdocCost.App.Shell;

/// <summary>What the pages read with: the table of contents of the dashboard.</summary>
internal static class PageReaders
{
    /// <summary>Adds them. All are stateless.</summary>
    public static IServiceCollection AddPageReaders(this IServiceCollection services) => services
        .AddSingleton<TenantSql>()
        .AddSingleton<ExposureCourse>()
        .AddSingleton<OverviewReader>()
        .AddSingleton<AnomalyReader>()
        .AddSingleton<DetectionReader>()
        .AddSingleton<ExposureReader>()
        .AddSingleton<CoverageReader>()
        .AddSingleton<EventReader>()
        .AddSingleton<RawRecordReader>()
        .AddSingleton<QuarantineReader>()
        .AddSingleton<NotifyReader>()
        .AddSingleton<ZombieReader>()
        .AddSingleton<ZombieDesk>()
        .AddSingleton<GovernanceDesk>()
        .AddSingleton<ReconcileReader>()
        .AddSingleton<AwsAnomalyReader>()
        .AddSingleton<AuditReader>()
        .AddSingleton<AccountReader>()
        .AddSingleton<FirstEventReader>()
        .AddSingleton<ArchiveReader>()
        .AddSingleton<SystemReader>()
        .AddSingleton<AlertDelayReader>()
        .AddSingleton<SearchReader>();
}

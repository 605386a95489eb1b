using DdocCost.Domain.Reconcile;

namespace DdocCost.Jobs.Reconcile;

/// <summary>Bills beside estimates: where they come from, and what AWS's own watcher told.</summary>
public static class ReconcileSetup
{
    /// <summary>Adds what reads bills and AWS's anomalies.</summary>
    public static IServiceCollection AddReconcile(this IServiceCollection services)
    {
        services.AddOptions<ReconcileOptions>().BindConfiguration("Reconcile").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IColumnarBill, ParquetBill>().AddSingleton<BillBucket>().AddSingleton<CostExplorerBill>().AddSingleton<AwsAnomaliesJob>();
    }
}

namespace DdocCost.Jobs.Reconcile;

/// <summary>What is asked of AWS to compare with. Bound to <c>Reconcile</c>.</summary>
public sealed class ReconcileOptions
{
    /// <summary>
    /// Whether connected accounts are asked every six hours what AWS Cost Anomaly Detection told (<c>ce:GetAnomalies</c>). AWS charges 0.01 USD a
    /// request, some 1.20 USD a month and account.
    /// </summary>
    /// <value>Default false.</value>
    public bool AskAnomalies { get; set; }
}

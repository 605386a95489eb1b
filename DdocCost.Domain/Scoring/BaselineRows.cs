using DdocCost.Domain.Storage;

namespace DdocCost.Domain.Scoring;

/// <summary>Stores baselines, once a batch each.</summary>
public static class BaselineRows
{
    /// <summary>The table.</summary>
    public static readonly DocumentRows<Baseline> Table = new(
        "baselines", baseline => baseline.Id,
        DocumentRows<Baseline>.Column.Text("account_id", baseline => baseline.AccountId),
        DocumentRows<Baseline>.Column.Text("resource_type", baseline => baseline.ResourceType));
}

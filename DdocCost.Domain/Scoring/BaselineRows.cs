using DdocCost.Domain.Storage;

namespace DdocCost.Domain.Scoring;

/// <summary>Stores baselines, once a batch each.</summary>
public static class BaselineRows
{
    /// <summary>The table.</summary>
    public static readonly DocumentRows<Baseline> Table = new DocumentRows<Baseline>("baselines", baseline => baseline.Id)
        .Text("account_id", baseline => baseline.AccountId)
        .Text("resource_type", baseline => baseline.ResourceType);
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Savings plans: an hourly commitment for years. Source: Savings Plans API reference.</summary>
internal static class SavingsPlans
{
    public static readonly Service Service = new("savingsplans",
        Buys("CreateSavingsPlan", "savingsplans:plan", (record, changes) => changes.Add(
            id: record.Response["savingsPlanId"].Text,
            paidUsd: record.Request["upfrontPaymentAmount"].Amount,
            committedUsdPerHour: record.Request["commitment"].Amount)));
}

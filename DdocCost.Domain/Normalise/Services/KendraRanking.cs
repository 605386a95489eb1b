using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Kendra Intelligent Ranking plans. Source: Amazon Kendra Intelligent Ranking API reference.</summary>
internal static class KendraRanking
{
    private const string Plan = "kendra-ranking:plan";

    public static readonly Service Service = new("kendra-ranking",
        Starts("CreateRescoreExecutionPlan", Plan, "id"),
        Stops("DeleteRescoreExecutionPlan", Plan, "id"));
}

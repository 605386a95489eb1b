namespace DdocCost.Domain.Zombies.Rules;

/// <summary>API cache that nobody uses.</summary>
internal static class IdleApiCache
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "APG-01",
        Title = "API cache that nobody uses",
        Class = ZombieClass.Idle,
        Kind = Kinds.ApiCache,
        Criterion = "A cache is kept for the stage, and no request reached the stage in the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("requests", "AWS/ApiGateway", "Count", Statistic.Sum, "ApiName={api},Stage={stage}") { Unit = "requests", IsSparse = true },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "hours by the size of the cache at list price",
        Traps = ["Thrifty asks for the opposite, a cache where there is none: that adds cost and is not followed."],
        Source = "derived: a cache is billed by the hour",
        Remedies =
        [
            new("Remove the cache", "apigateway update-stage --rest-api-id {apiId} --stage-name {stage} --patch-operations op=replace,path=/cacheClusterEnabled,value=false", "Cached answers.", IsReversible: true),
        ],
        Terraform = "aws_api_gateway_stage",
        Judge = cache => cache.State("available") & cache.Nothing("requests"),
    };
}

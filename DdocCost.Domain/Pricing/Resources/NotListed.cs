namespace DdocCost.Domain.Pricing.Resources;

/// <summary>
/// What runs by the hour or month at a price that no source of the price book lists: cost-bearing and unknown, never zero.
/// </summary>
internal static class NotListed
{
    /// <summary>Type and what there is no price for.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Bill, Bill>> Types = new Dictionary<string, Func<Bill, Bill>>
    {
        ["appsync:api-cache"] = Missing("AppSync caches"),
        ["cloudsearch:domain"] = Missing("CloudSearch instances"),
        ["codebuild:fleet"] = Missing("reserved build capacity"),
        ["ds:region"] = Missing("the controllers of a further region"),
        ["kendra-ranking:plan"] = Missing("Kendra ranking units"),
        ["lightsail:snapshot"] = Missing("Lightsail snapshots"),
        ["mediaconvert:queue"] = Missing("reserved transcoding slots"),
        ["medialive:multiplex"] = Missing("MediaLive multiplexes"),
        ["pcs:cluster"] = Missing("PCS controllers"),
        ["personalize:campaign"] = Missing("Personalize transactions per second"),
        ["personalize:recommender"] = Missing("Personalize transactions per second"),
        ["rds:shard-group"] = Missing("Aurora Limitless capacity"),
        ["route53:outpost-resolver"] = Missing("resolvers on Outposts"),
        ["sagemaker:mlflow-server"] = Missing("MLflow servers"),
        ["sms-voice:number"] = Missing("phone numbers"),
        ["workspaces:pool"] = Missing("pooled desktops"),
    };

    private static Func<Bill, Bill> Missing(string what) => bill => bill.Unpriced($"no list price is known for {what}");
}

namespace DdocCost.Domain.Pricing.Resources;

/// <summary>
/// What runs by the hour or month at a price that no source of the price book lists: cost-bearing and unknown, never zero.
/// </summary>
internal static class NotListed
{
    /// <summary>Type and what there is no price for.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Bill, Bill>> Types = new Dictionary<string, Func<Bill, Bill>>
    {
        ["appstream:app-block-builder"] = Missing("AppStream instances"),
        ["appstream:fleet"] = Missing("AppStream instances"),
        ["appstream:image-builder"] = Missing("AppStream instances"),
        ["appsync:api-cache"] = Missing("AppSync caches"),
        ["aps:scraper"] = Missing("Prometheus collectors"),
        ["cassandra:table"] = Missing("Keyspaces capacity; on demand it is billed by request"),
        ["cloudfront:anycast-ip-list"] = Missing("anycast address lists"),
        ["cloudsearch:domain"] = Missing("CloudSearch instances"),
        ["codebuild:fleet"] = Missing("reserved build capacity"),
        ["comprehend:endpoint"] = Missing("Comprehend inference units"),
        ["dms:serverless-replication"] = Missing("DMS serverless capacity units"),
        ["ds:region"] = Missing("the controllers of a further region"),
        ["elb:trust-store"] = Missing("trust stores"),
        ["fms:policy"] = Missing("Firewall Manager policies"),
        ["fsx:file-cache"] = Missing("file caches"),
        ["healthlake:datastore"] = Missing("HealthLake data stores"),
        ["iotsitewise:gateway"] = Missing("SiteWise gateways"),
        ["kendra-ranking:plan"] = Missing("Kendra ranking units"),
        ["lightsail:bucket"] = Missing("Lightsail buckets"),
        ["lightsail:disk"] = Missing("Lightsail disks"),
        ["lightsail:distribution"] = Missing("Lightsail distributions"),
        ["lightsail:snapshot"] = Missing("Lightsail snapshots"),
        ["managedblockchain:member"] = Missing("blockchain memberships"),
        ["mediaconnect:flow"] = Missing("MediaConnect flows"),
        ["mediaconvert:queue"] = Missing("reserved transcoding slots"),
        ["medialive:channel"] = Missing("MediaLive channels"),
        ["medialive:multiplex"] = Missing("MediaLive multiplexes"),
        ["neptune-graph:graph"] = Missing("Neptune Analytics memory units"),
        ["networkmanager:attachment"] = Missing("core network attachments"),
        ["networkmanager:core-network"] = Missing("core network edges"),
        ["pcs:cluster"] = Missing("PCS controllers"),
        ["personalize:campaign"] = Missing("Personalize transactions per second"),
        ["personalize:recommender"] = Missing("Personalize transactions per second"),
        ["rds:shard-group"] = Missing("Aurora Limitless capacity"),
        ["route53:outpost-resolver"] = Missing("resolvers on Outposts"),
        ["route53:traffic-policy-instance"] = Missing("traffic policy records"),
        ["sagemaker:mlflow-server"] = Missing("MLflow servers"),
        ["sms-voice:number"] = Missing("phone numbers"),
        ["transfer:web-app"] = Missing("web app units"),
        ["vpc:route-server-endpoint"] = Missing("route server endpoints"),
        ["workmail:mailbox"] = Missing("mailboxes"),
        ["workspaces:pool"] = Missing("pooled desktops"),
    };

    private static Func<Bill, Bill> Missing(string what) => bill => bill.Unpriced($"no list price is known for {what}");
}

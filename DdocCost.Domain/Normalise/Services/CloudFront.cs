using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// CloudFront: a dedicated IP address for a certificate is billed by the month, the rest by traffic. Source: Amazon CloudFront API
/// reference; a CloudTrail record of CreateDistribution.
/// </summary>
internal static class CloudFront
{
    private const string Distribution = "cloudfront:distribution";
    private const string Anycast = "cloudfront:anycast-ip-list";
    private const string Store = "cloudfront:key-value-store";
    private const string LogConfig = "cloudfront:realtime-logs";

    public static readonly Service Service = new("cloudfront",
        Starts("CreateDistribution", Distribution, (record, changes) => Add(record, changes, record.Request["distributionConfig"])),
        Starts("CreateDistributionWithTags", Distribution, (record, changes) =>
            Add(record, changes, record.Request["distributionConfigWithTags"]["distributionConfig"])),
        Changes("UpdateDistribution", Distribution, (record, changes) => Add(record, changes, record.Request["distributionConfig"])),
        Stops("DeleteDistribution", Distribution, "id"),
        Starts("CreateAnycastIpList", Anycast, "id", part: "anycastIpList"),
        Stops("DeleteAnycastIpList", Anycast, "id"),
        Starts("CreateKeyValueStore", Store, "name"),
        Stops("DeleteKeyValueStore", Store, "name"),
        Starts("CreateRealtimeLogConfig", LogConfig, "name"),
        Stops("DeleteRealtimeLogConfig", LogConfig, "name"));

    private static void Add(CloudTrailRecord record, ChangeList changes, Field config) => changes.Add(
        size: config["viewerCertificate"]["sSLSupportMethod"].Text == "vip" ? "dedicated-ip" : "shared",
        id: record.Response["distribution"]["id"].Or(record.Request["id"]).Text);
}

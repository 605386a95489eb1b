using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>CloudSearch domains. Source: Amazon CloudSearch API reference; a CloudTrail record of CreateDomain.</summary>
internal static class CloudSearch
{
    private const string Domain = "cloudsearch:domain";

    public static readonly Service Service = new("cloudsearch",
        Starts("CreateDomain", Domain, "domainName"),
        Changes("UpdateScalingParameters", Domain, (record, changes) => changes.Add(
            size: record.Request["scalingParameters"]["desiredInstanceType"].Text,
            quantity: record.Request["scalingParameters"]["desiredReplicationCount"].Amount, id: record.Request["domainName"].Text)),
        Stops("DeleteDomain", Domain, "domainName"));
}

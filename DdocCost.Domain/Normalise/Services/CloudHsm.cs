using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>CloudHSM modules. Source: AWS CloudHSM API reference; a CloudTrail record of each call.</summary>
internal static class CloudHsm
{
    private const string Hsm = "cloudhsm:hsm";
    private const string Cluster = "cloudhsm:cluster";

    public static readonly Service Service = new("cloudhsm",
        Starts("CreateHsm", Hsm, id: "hsmId", part: "hsm"),
        Stops("DeleteHsm", Hsm, "hsmId"),
        Starts("CreateCluster", Cluster, "clusterId", part: "cluster"),
        Stops("DeleteCluster", Cluster, "clusterId"));
}

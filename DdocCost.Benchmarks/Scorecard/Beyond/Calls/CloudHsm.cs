using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Calls;

/// <summary>Calls to AWS CloudHSM.</summary>
/// <remarks>Shapes as CloudTrail logs them: AWS CloudHSM user guide, "Working with AWS CloudTrail and AWS CloudHSM".</remarks>
internal static class CloudHsm
{
    /// <summary>Puts a module into a cluster; returns the module's id.</summary>
    public static string CreateHsm(this CallLog log, DateTimeOffset at, Caller who, string cluster)
    {
        var hsm = new { hsmId = "hsm-" + log.Dice.Hex(11), clusterId = cluster, availabilityZone = log.Account.Region + "a", state = "CREATE_IN_PROGRESS" };
        log.Record(at, who, new ApiCall("cloudhsm", "CreateHsm", new { clusterId = cluster, hsm.availabilityZone }, new { hsm }));
        return hsm.hsmId;
    }

    public static void DeleteHsm(this CallLog log, DateTimeOffset at, Caller who, string cluster, string id) =>
        log.Record(at, who, new ApiCall("cloudhsm", "DeleteHsm", new { clusterId = cluster, hsmId = id }, new { hsmId = id }));
}

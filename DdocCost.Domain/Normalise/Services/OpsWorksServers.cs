using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Chef and Puppet servers, billed as the EC2 instances behind and by node. Source: AWS OpsWorks CM API reference; a CloudTrail record
/// of CreateServer.
/// </summary>
internal static class OpsWorksServers
{
    private const string Server = "opsworks-cm:server";

    public static readonly Service Service = new("opsworks-cm",
        Starts("CreateServer", Server, id: "serverName", size: "instanceType"),
        Stops("DeleteServer", Server, "serverName"));
}

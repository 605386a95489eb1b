using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Cloud9 environments, billed as the EC2 instances behind. Source: AWS Cloud9 API reference.</summary>
internal static class Cloud9
{
    private const string Environment = "cloud9:environment";

    public static readonly Service Service = new("cloud9",
        Starts("CreateEnvironmentEC2", Environment, id: "environmentId", size: "instanceType"),
        Stops("DeleteEnvironment", Environment, "environmentId"));
}

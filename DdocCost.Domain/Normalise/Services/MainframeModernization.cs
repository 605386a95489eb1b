using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Mainframe Modernization environments, by instance. Source: AWS Mainframe Modernization API reference.</summary>
internal static class MainframeModernization
{
    private const string Environment = "m2:environment";

    public static readonly Service Service = new("m2",
        Starts("CreateEnvironment", Environment, (record, changes) => changes.Add(
            size: record.Request["instanceType"].Text, quantity: record.Request["highAvailabilityConfig"]["desiredCapacity"].Amount,
            id: record.Response["environmentId"].Text)),
        Changes("UpdateEnvironment", Environment, id: "environmentId", size: "instanceType", quantity: "desiredCapacity"),
        Stops("DeleteEnvironment", Environment, "environmentId"));
}

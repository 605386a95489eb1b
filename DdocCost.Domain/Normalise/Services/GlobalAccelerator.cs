using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Global accelerators. Source: AWS Global Accelerator API reference; a CloudTrail record of each call.</summary>
internal static class GlobalAccelerator
{
    private const string Accelerator = "globalaccelerator:accelerator";

    public static readonly Service Service = new("globalaccelerator",
        Starts("CreateAccelerator", Accelerator, id: "acceleratorArn", part: "accelerator"),
        Starts("CreateCustomRoutingAccelerator", Accelerator, id: "acceleratorArn", part: "accelerator"),
        Stops("DeleteAccelerator", Accelerator, "acceleratorArn"),
        Stops("DeleteCustomRoutingAccelerator", Accelerator, "acceleratorArn"));
}

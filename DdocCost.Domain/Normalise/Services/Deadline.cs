using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Deadline Cloud fleets, billed by the workers they start. Source: AWS Deadline Cloud API reference.</summary>
internal static class Deadline
{
    private const string Fleet = "deadline:fleet";

    public static readonly Service Service = new("deadline",
        Starts("CreateFleet", Fleet, "fleetId"),
        Stops("DeleteFleet", Fleet, "fleetId"));
}

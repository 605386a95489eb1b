using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Calls;

/// <summary>Calls to Amazon AppStream 2.0.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon AppStream 2.0 administration guide, "Logging AppStream 2.0 API calls with AWS CloudTrail".</remarks>
internal static class AppStream
{
    /// <summary>Creates a fleet whose desktops all run from the start on, and starts it.</summary>
    public static void StartNewFleet(this CallLog log, DateTimeOffset at, Caller who, string name, string type, int desktops)
    {
        var request = new { name, instanceType = type, fleetType = "ALWAYS_ON", computeCapacity = new { desiredInstances = desktops }, imageName = "course-image" };
        var fleet = new { arn = $"arn:aws:appstream:{log.Account.Region}:{log.Account.Id}:fleet/{name}", name, instanceType = type, fleetType = "ALWAYS_ON", state = "STOPPED" };
        log.Record(at, who, new ApiCall("appstream", "CreateFleet", request, new { fleet }));
        log.Record(at.AddMinutes(1), who, new ApiCall("appstream", "StartFleet", new { name }, null));
    }

    public static void StopFleet(this CallLog log, DateTimeOffset at, Caller who, string name) =>
        log.Record(at, who, new ApiCall("appstream", "StopFleet", new { name }, null));
}

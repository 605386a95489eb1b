using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Route 53 Profiles, by the hour. Source: Route 53 Profiles API reference; a CloudTrail record of both calls.</summary>
internal static class Route53Profiles
{
    private const string Profile = "route53:profile";

    public static readonly Service Service = new("route53profiles",
        Starts("CreateProfile", Profile, "id", part: "profile"),
        Stops("DeleteProfile", Profile, "profileId"));
}

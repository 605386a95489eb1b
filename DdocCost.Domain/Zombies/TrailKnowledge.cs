using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Zombies;

/// <summary>What CloudTrail showed of an account's resources: the ledger, looked up by what a scan sees.</summary>
public sealed class TrailKnowledge(IEnumerable<RunningResource> ledger)
{
    private readonly Dictionary<string, RunningResource> byId = ledger.DistinctBy(resource => resource.Id).ToDictionary(resource => resource.Id);

    /// <summary>What the ledger holds of a region.</summary>
    public IEnumerable<RunningResource> In(string region) => byId.Values.Where(resource => resource.Region == region);

    /// <summary>The ledger's entry for a resource, or null. A record without AWS's answer tells the name where others tell an ARN.</summary>
    public RunningResource? Find(Resource resource) => Find(resource, resource.Id) ?? (resource.Name is { } name ? Find(resource, name) : null);

    private RunningResource? Find(Resource resource, string id) =>
        byId.GetValueOrDefault(LedgerId.Of(resource.AccountId, resource.Region, resource.PricedAs ?? resource.Kind, id));

    /// <summary>What is known from before a scan: from the trail and from earlier scans.</summary>
    public Past PastOf(Resource resource, Sightings? sightings)
    {
        var seen = sightings?.Resources.GetValueOrDefault(resource.Id);
        var trail = Find(resource) is { IsFound: false } seenStarting ? seenStarting : null;
        // A state that an earlier scan did not see has only just come about.
        var stateSince = seen is not null && seen.State == resource.State ? seen.StateSince : (DateTimeOffset?)null;
        return new Past(seen?.First, stateSince, trail?.Since, trail?.PausedAt);
    }

    /// <summary>Who made a resource, or null where the trail did not show it.</summary>
    public Birth? BirthOf(Resource resource) => Find(resource) is { IsFound: false } trail
        ? new Birth(trail.Since, trail.StartedBy.Id, trail.StartedBy.Name, trail.StartedByEvent, null, "the trail, as it was read here")
        : null;
}

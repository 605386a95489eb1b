namespace DdocCost.Domain.Sources;

/// <summary>How many accounts are connected at once: all alike, but for their numbers and names.</summary>
public sealed record MemberPlan
{
    /// <summary>What stands for the account's number in <see cref="Role"/>.</summary>
    public const string Placeholder = "{account}";

    /// <summary>Name of the role in each account, or its ARN with <see cref="Placeholder"/> in it.</summary>
    public string Role { get; init; } = "ddoc-cost";

    /// <summary>What the roles' trust policies ask for; empty for nothing.</summary>
    public string ExternalId { get; init; } = "";

    /// <summary>Regions to look into.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>Whether each account's own event history is read. Not where the organisation's trail brings the events of all.</summary>
    public bool ReadsHistory { get; init; }

    /// <summary>The account whose access they begin with; null for this machine's own credentials.</summary>
    public ConnectedAccount? Through { get; init; }

    /// <summary>Whether the roles are assumed by the last role of <see cref="Through"/>, rather than by what that one is assumed with.</summary>
    public bool ByItsRole { get; init; }

    /// <summary>The account as it would be connected.</summary>
    public ConnectedAccount For(MemberAccount member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var partition = Through?.Partition ?? AwsPartition.OfRegion(Regions is [var first, ..] ? first : "").Id;
        var arn = Role.StartsWith("arn:", StringComparison.Ordinal)
            ? Role.Replace(Placeholder, member.AccountId, StringComparison.Ordinal)
            : $"arn:{partition}:iam::{member.AccountId}:role/{Role.Trim('/')}";
        return new ConnectedAccount
        {
            Id = "", AccountId = member.AccountId, Name = member.Name, Owner = member.Owner, Group = member.Group, Partition = partition, Regions = Regions, ConnectedAt = default,
            Access = new AwsAccess
            {
                AccessKeys = Through?.Access.AccessKeys ?? [],
                Roles = [.. ByItsRole ? Through?.Access.Roles ?? [] : [], new RoleStep(arn, ExternalId.Trim() is { Length: > 0 } external ? external : null)],
            },
            Sources = ReadsHistory ? [new TrailSource.EventLookup()] : [],
        };
    }
}

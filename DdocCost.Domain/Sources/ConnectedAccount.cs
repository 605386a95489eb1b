namespace DdocCost.Domain.Sources;

/// <summary>An AWS account, or a whole organisation seen from one of its accounts, that we watch. Document, one revision after the other.</summary>
public sealed record ConnectedAccount
{
    /// <summary>Unique per tenant; made when it is connected and never changed.</summary>
    public required string Id { get; init; }

    /// <summary>The account's number, 12 digits: where our credentials lead.</summary>
    public required string AccountId { get; init; }

    /// <summary>The organisation, such as <c>o-a1b2c3d4e5</c>, where its sources bring the events of all members; null for the account alone.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Who answers for it; empty for nobody.</summary>
    public string Owner { get; init; } = "";

    /// <summary>What it is grouped by, such as a team or a stage; empty for none.</summary>
    public string Group { get; init; } = "";

    /// <summary>Free marks.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Id of its <see cref="AwsPartition"/>.</summary>
    public string Partition { get; init; } = AwsPartition.Commercial.Id;

    /// <summary>Regions we look into; at least one.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>How we get in.</summary>
    public AwsAccess Access { get; init; } = new();

    /// <summary>How its trail reaches us.</summary>
    public IReadOnlyList<TrailSource> Sources { get; init; } = [];

    /// <summary>When it was connected, UTC.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>Who connected it.</summary>
    public string ConnectedBy { get; init; } = "";

    /// <summary>Counts changes: of two people who change it at once, one is told. Set by the store.</summary>
    public int Version { get; init; }

    /// <summary>The id of one of its sources within the tenant.</summary>
    public string IdOf(TrailSource source) => $"{AccountId}/{source.Id}";

    /// <summary>The accounts that its sources may speak for; null for any, as with an organisation's.</summary>
    public IReadOnlySet<string>? SpeaksFor() => OrganizationId is null ? new HashSet<string> { AccountId } : null;

    /// <summary>This account with one of its sources changed.</summary>
    public ConnectedAccount With(TrailSource source) => this with { Sources = [.. Sources.Select(one => one.Id == source.Id ? source : one)] };
}

using DdocCost.Domain.Anomalies;

namespace DdocCost.Domain.Notify.Digests;

/// <summary>What a digest is made of.</summary>
public sealed record DigestFacts
{
    /// <summary>Begin of the period, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the period, UTC; exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>IANA name of the reader's zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What ran at the end, USD per hour.</summary>
    public decimal ExposureUsdPerHour { get; init; }

    /// <summary>What ran at the begin, USD per hour.</summary>
    public decimal ExposureBeforeUsdPerHour { get; init; }

    /// <summary>What ran at the end of each hour of the period, USD per hour.</summary>
    public IReadOnlyList<decimal> ExposureByHour { get; init; } = [];

    /// <summary>Cases that began to be told in the period, dearest first.</summary>
    public IReadOnlyList<AnomalyCase> Opened { get; init; } = [];

    /// <summary>Cases that ended in it, dearest first.</summary>
    public IReadOnlyList<AnomalyCase> Closed { get; init; } = [];

    /// <summary>Who added most, USD per hour, most first.</summary>
    public IReadOnlyList<(string Name, decimal UsdPerHour)> Actors { get; init; } = [];

    /// <summary>Services in which most was added, USD per hour.</summary>
    public IReadOnlyList<(string Name, decimal UsdPerHour)> Services { get; init; } = [];

    /// <summary>Accounts in which most was added, USD per hour.</summary>
    public IReadOnlyList<(string Name, decimal UsdPerHour)> Accounts { get; init; } = [];

    /// <summary>What we could not price, by resource type, with how many events.</summary>
    public IReadOnlyList<(string Name, long Events)> Unpriced { get; init; } = [];

    /// <summary>What did not work of ours, in sentences.</summary>
    public IReadOnlyList<string> Health { get; init; } = [];

    /// <summary>Sections of later stages (zombies, our own AWS cost), in order.</summary>
    public IReadOnlyList<DigestSection> Others { get; init; } = [];
}

using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <summary>
/// What one actor changed in one service of one account within one hour. The sum of <see cref="NetUsdPerHour"/> over all hours up to
/// a moment is the exposure then; the sum of <see cref="AddedUsdPerHour"/> is the spend added. Document.
/// </summary>
public sealed record SpendHour
{
    /// <summary><c>account/service/actor id/hour</c>, unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>Account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Service, such as <c>ec2</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Who.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Start of the hour, UTC, of the events' own time.</summary>
    public required DateTimeOffset Hour { get; init; }

    /// <summary>Rate added, USD per hour.</summary>
    public decimal AddedUsdPerHour { get; init; }

    /// <summary>By how much the exposure changed: rates of what started minus rates of what ended (also by itself), USD per hour.</summary>
    public decimal NetUsdPerHour { get; init; }

    /// <summary>One-time purchases, USD.</summary>
    public decimal OneTimeUsd { get; init; }

    /// <summary>How many cost events.</summary>
    public int Events { get; init; }

    /// <summary>This hour with an increment on top.</summary>
    public SpendHour And(SpendHour increment) => this with
    {
        AddedUsdPerHour = AddedUsdPerHour + increment.AddedUsdPerHour,
        NetUsdPerHour = NetUsdPerHour + increment.NetUsdPerHour,
        OneTimeUsd = OneTimeUsd + increment.OneTimeUsd,
        Events = Events + increment.Events,
    };
}

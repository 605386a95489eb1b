using System.Globalization;
using System.Text.Json.Serialization;

namespace DdocCost.Domain.Anomalies;

/// <summary>
/// Somebody said that what a case did is as it should be: the like, by the same actor, of the same type, in the same account, is recorded and
/// not alerted, up to <see cref="Multiple"/> times the money. Document; its id is the case's.
/// </summary>
public sealed record StandingExpectation
{
    /// <summary>Beyond so many times what was expected, it is alerted all the same.</summary>
    public const double Multiple = 2;

    /// <summary>Of the case it was said of.</summary>
    public required string Id { get; init; }

    /// <summary>Account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Who may do what, bounded as a case's parts are.</summary>
    public required IReadOnlyList<CasePart> Parts { get; init; }

    /// <summary>How much is expected to be put at risk within a day, USD.</summary>
    public required double UsdWithinDay { get; init; }

    /// <summary>For how long, in words.</summary>
    public required ExpectScope Scope { get; init; }

    /// <summary>Until when, UTC; null = from now on.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Who said so, when.</summary>
    public required Signature Signature { get; init; }

    /// <summary>What the case was called.</summary>
    public string Title { get; init; } = "";

    /// <summary>Most that passes without an alert, USD within a day.</summary>
    [JsonIgnore]
    public double MostUsdWithinDay => UsdWithinDay * Multiple;

    /// <summary>Why something is not alerted, for a person.</summary>
    [JsonIgnore]
    public string Reason => Until is { } end
        ? string.Create(CultureInfo.InvariantCulture, $"expected by {Signature.By} until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC, up to ${MostUsdWithinDay:#,0.##} a day")
        : string.Create(CultureInfo.InvariantCulture, $"expected by {Signature.By} from now on, up to ${MostUsdWithinDay:#,0.##} a day");

    /// <summary>Whether it is about the same actor and type, in whatever region.</summary>
    public bool Covers(CasePart part) => Parts.Any(known => known.ActorId == part.ActorId && known.ResourceType == part.ResourceType);

    /// <summary>Whether it holds at a time.</summary>
    public bool Holds(DateTimeOffset time) => Until is not { } end || time < end;

    /// <summary>What to expect after a decision on a case.</summary>
    public static StandingExpectation Of(AnomalyCase anomaly, CaseVerdict verdict, CaseOptions options) => new()
    {
        Id = anomaly.Id,
        AccountId = anomaly.AccountId,
        Parts = anomaly.Parts,
        UsdWithinDay = Math.Max(anomaly.MostUsdWithinDay, (double)anomaly.UsdWithinDay),
        Scope = verdict.Scope ?? ExpectScope.Once,
        Until = verdict.Scope switch
        {
            ExpectScope.Always => null,
            ExpectScope.Until => verdict.Until,
            // This time: for as long as the like would have joined the case.
            _ => (anomaly.LastEventAt > verdict.Signature.At ? anomaly.LastEventAt : verdict.Signature.At) + options.SameCause,
        },
        Signature = verdict.Signature,
        Title = anomaly.Title,
    };
}

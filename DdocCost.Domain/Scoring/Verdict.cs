using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>How loud: follows money at risk, not the score alone.</summary>
public enum Severity
{
    /// <summary>Nothing to tell.</summary>
    None = 0,

    /// <summary>Shown on the dashboard; interrupts nobody.</summary>
    Info,

    /// <summary>Interrupts somebody in working hours.</summary>
    Warning,

    /// <summary>Interrupts somebody now.</summary>
    Critical,
}

/// <summary>One part of a score with the numbers behind it, so that it can be recomputed by hand.</summary>
/// <param name="Name"><c>magnitude</c>, <c>novelty</c>, <c>rate</c>, <c>drift</c> or <c>context</c>.</param>
/// <param name="Score">What it says alone, 0 to 100.</param>
/// <param name="Value">The observed value in <paramref name="Unit"/>.</param>
/// <param name="Mean">What is usual, in <paramref name="Unit"/>, or null where there is no history.</param>
/// <param name="Deviation">How much it usually varies, in <paramref name="Unit"/>, or null.</param>
/// <param name="Count">How many observations stand behind mean and deviation.</param>
/// <param name="Unit">Unit of value, mean and deviation, such as <c>USD/h</c>.</param>
/// <param name="Text">One sentence for a person, such as "first time in sa-east-1".</param>
public sealed record ScoreComponent(string Name, double Score, double Value, double? Mean, double? Deviation, double Count, string Unit, string Text)
{
    /// <summary>The money it is about, USD within a day; null where it is about none.</summary>
    public double? UsdAtRisk { get; init; }

    /// <summary>What its size says, nats (see <see cref="Expectation.Surprise"/>); null where it has none.</summary>
    public double? Surprise { get; init; }

    /// <summary>What being new says together with its size, nats.</summary>
    public double? Newness { get; init; }

    /// <summary>Degrees of freedom behind <see cref="Surprise"/>: observations, and what was assumed.</summary>
    public double? Support { get; init; }
}

/// <summary>What the scorer says of one event.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Severity">How loud.</param>
/// <param name="MoneyAtRiskUsd">USD that will be lost if nobody intervenes within a day: rate times hours, plus one-time sums.</param>
/// <param name="Components">The parts, strongest first. Also present for a quiet event: they tell why it was not alerted.</param>
/// <param name="Cause">What groups events into one case, such as the actor and resource type; stable across events of one cause.</param>
public sealed record Verdict(double Score, Severity Severity, double MoneyAtRiskUsd, IReadOnlyList<ScoreComponent> Components, string Cause)
{
    /// <summary>Nothing to say.</summary>
    public static readonly Verdict Quiet = new(0, Severity.None, 0, [], "");

    /// <summary>USD at risk within a day from which something unwanted is critical in this account; null where there was nothing to weigh.</summary>
    public double? CriticalFromUsd { get; init; }

    /// <summary>What the largest expected loss was weighed against; null where there was nothing to weigh.</summary>
    public Weighing? Weighing { get; init; }

    /// <summary>Who said that this is as it should be, and until when; null where nobody did. It is not alerted then.</summary>
    public string? Expected { get; init; }

    /// <summary>Earlier events that were told to nobody, or only shown, and are part of what was flagged now. For the case; not kept with the event.</summary>
    [JsonIgnore]
    public IReadOnlyList<Contribution> Earlier { get; init; } = [];
}

/// <summary>The numbers that make evidence a score: 100 / (1 + (interruption / loss)^1.5), the loss being money at risk times its chance of being unwanted.</summary>
/// <param name="ExpectedLossUsd">The largest of all sums looked at, USD.</param>
/// <param name="InterruptionUsd">What interrupting somebody costs here, USD.</param>
/// <param name="BaseRate">Share of events that are unwanted, before anything is known.</param>
/// <param name="ContextNats">What the surroundings say, nats, for every sum.</param>
public sealed record Weighing(double ExpectedLossUsd, double InterruptionUsd, double BaseRate, double ContextNats);

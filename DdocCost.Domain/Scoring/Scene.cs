namespace DdocCost.Domain.Scoring;

/// <summary>What is known of everything an event touches, the event's own money already in the windows but not learned.</summary>
internal sealed record Scene
{
    /// <summary>What the event puts at risk within a day, USD, given how long what its cause starts usually runs.</summary>
    public required double UsdAtRisk { get; init; }

    /// <summary>What a first time says now.</summary>
    public required News News { get; init; }

    public required Track Account { get; init; }

    public required Norm AccountNorm { get; init; }

    public required Baseline Type { get; init; }

    public required Norm TypeNorm { get; init; }

    /// <summary>What one event of this type usually puts at risk.</summary>
    public required Expectation EventNorm { get; init; }

    public required Track Actor { get; init; }

    public required Norm ActorNorm { get; init; }

    public required Track Cause { get; init; }

    public required Norm CauseNorm { get; init; }

    public required Track Region { get; init; }
}

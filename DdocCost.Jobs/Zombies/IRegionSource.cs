using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Zombies;

/// <summary>What the judgement of a region asks for once its facts are collected.</summary>
internal interface IRegionSource
{
    /// <summary>The region.</summary>
    string Region { get; }

    /// <summary>Whether a kind that was collected holds all there is of it, so that what is not in it is not there.</summary>
    bool TellsAll { get; }

    /// <summary>Puts the course of each metric into the facts, or why there is none.</summary>
    /// <returns>Why some were not read; empty where all were.</returns>
    Task<IReadOnlyList<string>> ReadMetricsAsync(IReadOnlyDictionary<MetricQuery, int> needed, RegionFacts facts, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The same findings, with who made the resource where that is known.</summary>
    Task<IReadOnlyList<ZombieFinding>> CompleteAsync(IReadOnlyList<ZombieFinding> findings, IReadOnlyList<Ruling> rulings, TrailKnowledge trail, CancellationToken cancellationToken);
}

/// <summary>A region of an AWS account.</summary>
internal sealed class AwsRegionSource(AwsClient client, BirthFinder births, HuntMeter meter) : IRegionSource
{
    public string Region => client.Region;

    public bool TellsAll => true;

    public Task<IReadOnlyList<string>> ReadMetricsAsync(IReadOnlyDictionary<MetricQuery, int> needed, RegionFacts facts, DateTimeOffset now, CancellationToken cancellationToken) =>
        MetricReader.ReadAsync(client, needed, facts, now, meter, cancellationToken);

    public Task<IReadOnlyList<ZombieFinding>> CompleteAsync(IReadOnlyList<ZombieFinding> findings, IReadOnlyList<Ruling> rulings, TrailKnowledge trail, CancellationToken cancellationToken) =>
        births.CompleteAsync(client, findings, rulings, trail, meter, cancellationToken);
}

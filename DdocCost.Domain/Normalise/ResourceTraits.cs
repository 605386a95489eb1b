namespace DdocCost.Domain.Normalise;

/// <summary>What besides type and size sets a resource's price. A missing value is null: not told by the record.</summary>
public sealed record ResourceTraits
{
    /// <summary>Nothing told.</summary>
    public static readonly ResourceTraits None = new();

    /// <summary>Storage in GiB of one unit.</summary>
    public decimal? StorageGib { get; init; }

    /// <summary>Kind of storage: gp3, io2, standard, …</summary>
    public string? StorageType { get; init; }

    /// <summary>Provisioned I/O operations a second of one unit.</summary>
    public decimal? Iops { get; init; }

    /// <summary>Provisioned throughput of one unit in MiB/s.</summary>
    public decimal? ThroughputMibps { get; init; }

    /// <summary>Database or cache engine: postgres, aurora-mysql, redis, …</summary>
    public string? Engine { get; init; }

    /// <summary>windows, linux, …; null means the record does not say (priced as Linux).</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>default, dedicated or host.</summary>
    public string? Tenancy { get; init; }

    /// <summary>Bought on the spot market.</summary>
    public bool Spot { get; init; }

    /// <summary>A standby copy in a second zone is paid as well.</summary>
    public bool MultiAz { get; init; }

    /// <summary>vCPU of one unit, where priced by vCPU (Fargate).</summary>
    public decimal? VCpu { get; init; }

    /// <summary>Memory in GiB of one unit, where priced by memory.</summary>
    public decimal? MemoryGib { get; init; }

    /// <summary>Provisioned read capacity (DynamoDB RCU).</summary>
    public decimal? ReadCapacity { get; init; }

    /// <summary>Provisioned write capacity (DynamoDB WCU).</summary>
    public decimal? WriteCapacity { get; init; }

    /// <summary>Longest run in hours, where the resource ends by itself (a training job's limit); null = until stopped.</summary>
    public double? MaxHours { get; init; }

    /// <summary>Free text that a priced resource of one service needs and no other does (cpu architecture, broker mode, …).</summary>
    public string? Variant { get; init; }
}

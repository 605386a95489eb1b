namespace DdocCost.Domain.Ingestion;

/// <summary>What became of a batch of deliveries. All but the failed ones are durable.</summary>
public sealed record IntakeOutcome
{
    /// <summary>Nothing delivered.</summary>
    public static readonly IntakeOutcome None = new();

    /// <summary>Deliveries taken in.</summary>
    public int Taken { get; init; }

    /// <summary>Deliveries whose very bytes had been taken before.</summary>
    public int Redelivered { get; init; }

    /// <summary>Readable records of those taken.</summary>
    public long Records { get; init; }

    /// <summary>Pieces of those taken that are not readable records.</summary>
    public long Rejected { get; init; }

    /// <summary>Their size uncompressed.</summary>
    public long PlainBytes { get; init; }

    /// <summary>How late the records of those taken are.</summary>
    public DelayHistogram Delays { get; init; } = DelayHistogram.None;

    /// <summary>Each delivery that is durable now, in the order given.</summary>
    public IReadOnlyList<DeliveryResult> Deliveries { get; init; } = [];

    /// <summary>Deliveries that could not be opened or read, with the reason; they may be tried again.</summary>
    public IReadOnlyList<(string Name, string Reason)> Failed { get; init; } = [];

    /// <summary>Both together, without the single deliveries.</summary>
    public IntakeOutcome And(IntakeOutcome more) => new()
    {
        Taken = Taken + more.Taken,
        Redelivered = Redelivered + more.Redelivered,
        Records = Records + more.Records,
        Rejected = Rejected + more.Rejected,
        PlainBytes = PlainBytes + more.PlainBytes,
        Delays = Delays.And(more.Delays),
        Failed = [.. Failed, .. more.Failed],
    };
}

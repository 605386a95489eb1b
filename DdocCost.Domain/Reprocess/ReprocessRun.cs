namespace DdocCost.Domain.Reprocess;

/// <summary>Records of some time read from the archive again, with the catalogue and the prices of now. Document, kept a while.</summary>
public sealed record ReprocessRun
{
    /// <summary>A run without a sign of life for so long is taken to be stuck.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>So many are kept.</summary>
    public const int MostKept = 20;

    /// <summary>Derived from its beginning; unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The account; null for all.</summary>
    public string? AccountId { get; init; }

    /// <summary>Events from then on, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Events before then, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Where it stands.</summary>
    public ReprocessState State { get; init; }

    /// <summary>Why it failed, for a person.</summary>
    public string? Failure { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When somebody last worked on it, UTC.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>How many accounts there are to do; null until they were counted.</summary>
    public int? Accounts { get; init; }

    /// <summary>How many are done.</summary>
    public int AccountsDone { get; init; }

    /// <summary>The account that was finished last, in the order of ids: a run that was interrupted goes on behind it.</summary>
    public string? LastAccount { get; init; }

    /// <summary>Objects and events read so far: a sign of life, not a measure of what is left.</summary>
    public long StepsTaken { get; init; }

    /// <summary>What became of the events in the finished accounts.</summary>
    public ReprocessResult Result { get; init; } = ReprocessResult.None;

    /// <summary>The version of the price book it priced with; 0 for the embedded one.</summary>
    public long PriceVersion { get; init; }

    /// <summary>Whether it is over, however it ended.</summary>
    public bool IsOver => State is ReprocessState.Done or ReprocessState.Stopped or ReprocessState.Failed;

    /// <summary>Whether nobody works on it, though somebody should.</summary>
    public bool IsStuck(DateTimeOffset now) => !IsOver && now - (SeenAt ?? AskedAt) > Patience;
}

/// <summary>What became of events.</summary>
/// <param name="Events">Read again from their records and stored anew.</param>
/// <param name="Changed">Of them, those whose cost is not what it was.</param>
/// <param name="Added">That were no events before: the catalogue has learned of them.</param>
/// <param name="Removed">That are none any more.</param>
/// <param name="Kept">Left as they were, because their record cannot be read: the archive does not have it, or not whole.</param>
public sealed record ReprocessResult(long Events, long Changed, long Added, long Removed, long Kept)
{
    /// <summary>Nothing yet.</summary>
    public static readonly ReprocessResult None = new(0, 0, 0, 0, 0);

    /// <summary>Both together.</summary>
    public ReprocessResult And(ReprocessResult more) =>
        new(Events + more.Events, Changed + more.Changed, Added + more.Added, Removed + more.Removed, Kept + more.Kept);
}

/// <summary>Where a run stands.</summary>
public enum ReprocessState
{
    /// <summary>Waits for a job server.</summary>
    Waiting,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Complete.</summary>
    Done,

    /// <summary>Somebody stopped it; the accounts it had finished are done.</summary>
    Stopped,

    /// <summary>It could not go on; the accounts it had finished are done.</summary>
    Failed,
}

/// <summary>Somebody wants a run to stop. Document of its own, so that it never meets the job's own writes; its id is the run's.</summary>
/// <param name="Id">The run.</param>
public sealed record ReprocessStop(string Id);

using DdocCost.Domain.Tuning;

namespace DdocCost.Domain.Backtest;

/// <summary>A replay of the stored history with other settings beside those that hold: what would have fired. Document, kept a while.</summary>
public sealed record BacktestRun
{
    /// <summary>So long results are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>A run without a sign of life for so long is taken to be stuck.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>So many are kept at most.</summary>
    public const int MostKept = 20;

    /// <summary>Derived from its beginning; unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Events from then on, UTC. What came before is not known to either side.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The rules that held when it was asked for.</summary>
    public required IReadOnlyList<SensitivityRule> Now { get; init; }

    /// <summary>The rules it tries.</summary>
    public required IReadOnlyList<SensitivityRule> Tried { get; init; }

    /// <summary>Where it stands.</summary>
    public BacktestState State { get; init; }

    /// <summary>Why it failed, for a person.</summary>
    public string? Failure { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Events replayed.</summary>
    public long EventsDone { get; init; }

    /// <summary>Events there are; null until they were counted.</summary>
    public long? EventsTotal { get; init; }

    /// <summary>The account that was finished last, in the order of ids: a run that was interrupted goes on behind it.</summary>
    public string? LastAccount { get; init; }

    /// <summary>Events of the finished accounts.</summary>
    public long EventsOfFinished { get; init; }

    /// <summary>What it found in the finished accounts.</summary>
    public BacktestResult Result { get; init; } = BacktestResult.None;

    /// <summary>When the job last gave a sign of life, UTC; null where nobody has begun.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Whether nobody works on it, though somebody should.</summary>
    public bool IsStuck(DateTimeOffset now) => !IsOver && now - (SeenAt ?? AskedAt) > Patience;

    /// <summary>Whether it is over, however it ended.</summary>
    public bool IsOver => State is BacktestState.Done or BacktestState.Cancelled or BacktestState.Failed;
}

/// <summary>Where a backtest stands.</summary>
public enum BacktestState
{
    /// <summary>Waits for a job server.</summary>
    Waiting,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Complete.</summary>
    Done,

    /// <summary>Somebody stopped it; what it had found is kept.</summary>
    Cancelled,

    /// <summary>It could not go on.</summary>
    Failed,
}

/// <summary>Somebody wants a backtest to stop. Document of its own, so that it never meets the job's own writes; its id is the run's.</summary>
/// <param name="Id">The run.</param>
public sealed record BacktestStop(string Id);

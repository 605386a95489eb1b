namespace DdocCost.Jobs;

/// <summary>The job server's queues, one a capability, so that a process can be given one of them.</summary>
public static class JobQueue
{
    /// <summary>Brings deliveries in.</summary>
    public const string Ingest = "ingest";

    /// <summary>Keeps the lane consumers at work.</summary>
    public const string Score = "score";

    /// <summary>Looks for zombies.</summary>
    public const string Hunt = "hunt";

    /// <summary>Tells people.</summary>
    public const string Notify = "notify";

    /// <summary>Keeps the house in order.</summary>
    public const string Upkeep = "upkeep";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Ingest, Score, Hunt, Notify, Upkeep];
}

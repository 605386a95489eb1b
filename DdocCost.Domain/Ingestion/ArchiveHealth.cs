namespace DdocCost.Domain.Ingestion;

/// <summary>What the checks of an account's part of the archive found last. Document; its id is the account as it stands in the archive's keys.</summary>
public sealed record ArchiveHealth
{
    /// <summary>So many keys are named; the rest is counted.</summary>
    public const int MostNamed = 50;

    /// <summary>The account.</summary>
    public required string Id { get; init; }

    /// <summary>When objects were compared with their names last, UTC; null for never.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>How many were read then.</summary>
    public long Checked { get; init; }

    /// <summary>Keys of objects that are missing or not what they were, at most <see cref="MostNamed"/>.</summary>
    public IReadOnlyList<string> Damaged { get; init; } = [];

    /// <summary>When the trail's digest files were followed last, UTC; null for never, or where there are none.</summary>
    public DateTimeOffset? DigestsAt { get; init; }

    /// <summary>Digest files whose signature and chain were checked then.</summary>
    public int Digests { get; init; }

    /// <summary>Log files whose bytes were compared with what the digest says.</summary>
    public int LogFiles { get; init; }

    /// <summary>What the digests found, each as a sentence, at most <see cref="MostNamed"/>.</summary>
    public IReadOnlyList<string> DigestProblems { get; init; } = [];

    /// <summary>Whether all that was checked is as it was.</summary>
    public bool IsSound => Damaged.Count == 0 && DigestProblems.Count == 0;
}

/// <summary>What retention deleted of a tenant's archive last. Document; there is one a tenant.</summary>
public sealed record ArchiveRetention
{
    /// <summary>Its only id.</summary>
    public const string TheId = "retention";

    /// <summary>So many days are remembered.</summary>
    public const int MostDays = 100;

    /// <summary>Id.</summary>
    public string Id { get; init; } = TheId;

    /// <summary>When it ran last, UTC.</summary>
    public DateTimeOffset RanAt { get; init; }

    /// <summary>The days that were deleted, newest deletion first.</summary>
    public IReadOnlyList<DeletedDay> Deleted { get; init; } = [];
}

/// <summary>A day of an account that is not in the archive any more.</summary>
/// <param name="AccountId">The account as it stands in the archive's keys.</param>
/// <param name="Day">The day, UTC.</param>
/// <param name="Objects">How many objects went.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="At">When, UTC.</param>
public sealed record DeletedDay(string AccountId, DateOnly Day, int Objects, long Bytes, DateTimeOffset At);

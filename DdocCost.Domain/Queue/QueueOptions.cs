namespace DdocCost.Domain.Queue;

/// <summary>The queue between intake and scoring. Configuration section <c>Queue</c>; the same for every process of an installation.</summary>
public sealed class QueueOptions
{
    /// <summary>Which one. To be changed only while nothing waits.</summary>
    /// <value>Default <see cref="QueueKind.Postgres"/>.</value>
    public QueueKind Kind { get; set; }

    /// <summary>
    /// A file with upstream pgmq's SQL, run once by <c>migrate</c> where the server does not offer the extension and the database has
    /// no <c>pgmq</c> schema. Without it a compatible subset of our own is installed.
    /// </summary>
    /// <value>Default none.</value>
    public string? SqlFile { get; set; }
}

namespace DdocCost.Domain.Queue;

/// <summary>How the queue gets into the database.</summary>
public sealed class QueueOptions
{
    /// <summary>
    /// A file with upstream pgmq's SQL, run once by <c>migrate</c> where the server does not offer the extension and the database has
    /// no <c>pgmq</c> schema. Without it a compatible subset of our own is installed.
    /// </summary>
    /// <value>Default none.</value>
    public string? SqlFile { get; set; }
}

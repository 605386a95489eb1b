using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Reprocess;

namespace DdocCost.App.Archive;

/// <summary>What the page of the archive shows.</summary>
/// <param name="Place">Where it lies.</param>
/// <param name="Problem">Why it cannot be reached; null where it can.</param>
/// <param name="FreeBytes">Room that is left; null where there is no telling.</param>
/// <param name="KeepDays">How long objects are kept; null for ever.</param>
/// <param name="Accounts">The accounts in it, with what the checks found.</param>
/// <param name="Retention">What was deleted last; null where nothing ever ran.</param>
/// <param name="Runs">Latest runs of reading it again, newest first.</param>
/// <param name="Known">Accounts that can be reprocessed.</param>
public sealed record ArchiveView(
    string Place, string? Problem, long? FreeBytes, int? KeepDays, IReadOnlyList<ArchiveHealth> Accounts, ArchiveRetention? Retention,
    IReadOnlyList<ReprocessRun> Runs, IReadOnlyList<string> Known);

using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Pipeline;

/// <summary>
/// The whole pipeline in memory over files of CloudTrail logs, with nothing stored: for a backtest on one's own history, and for measuring.
/// </summary>
/// <remarks>
/// First the files are read and understood on all cores, which leaves the few events that cost money; then these are taken through the
/// accounts' pipelines in <see cref="EventOrder"/>, one after another, so that the result depends neither on the order of the
/// files nor on the number of cores.
/// </remarks>
/// <param name="catalogue">What can cost money.</param>
/// <param name="clock">For the elapsed time and the moment of scoring; decides nothing.</param>
public sealed class Replay(EventCatalogue catalogue, TimeProvider clock)
{
    /// <summary>After so many events an account drops what it gathered for storage, of which a replay has none.</summary>
    private const int EventsBetweenDrains = 1000;

    /// <summary>Runs to the end.</summary>
    /// <param name="input">The files.</param>
    /// <param name="output">Takes cost events (refused calls and definitions too) and alerts, in order of event time.</param>
    /// <param name="progress">Told now and then how much of the input's bytes on disk is done; may be null.</param>
    /// <param name="cancellationToken">Stops it between two files.</param>
    public ReplaySummary Run(ReplayInput input, IReplayOutput output, IProgress<ReplayProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);

        var started = clock.GetTimestamp();
        var summary = new ReplaySummary();
        var events = Read(input, summary, progress, cancellationToken);
        events.Sort(EventOrder.Instance);
        Take(events, output, summary, cancellationToken);
        foreach (var name in input.Skipped)
        {
            summary.AddNote("not named like a log (.json, .jsonl, .ndjson, .log, .gz), skipped", name);
        }

        summary.Elapsed = clock.GetElapsedTime(started);
        return summary;
    }

    private List<ResourceEvent> Read(ReplayInput input, ReplaySummary summary, IProgress<ReplayProgress>? progress, CancellationToken cancellationToken)
    {
        var events = new List<ResourceEvent>();
        var seen = new HashSet<Guid>();
        var (done, total) = (0L, input.Files.Sum(file => file.Bytes));
        foreach (var reading in ReadInOrder(input.Files, cancellationToken))
        {
            Count(reading, seen, events, summary);
            done += reading.File.Bytes;
            progress?.Report(new ReplayProgress(done, total));
        }

        return events;
    }

    /// <summary>Reads ahead on all cores, but hands over in the order of the files: of two records with one key, always the same one counts.</summary>
    private IEnumerable<ReplayReading> ReadInOrder(IReadOnlyList<ReplayFile> files, CancellationToken cancellationToken)
    {
        var ahead = 2 * Environment.ProcessorCount;
        var reading = new Queue<Task<ReplayReading>>();
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reading.Enqueue(Task.Run(() => ReplayReading.Of(file, catalogue), cancellationToken));
            if (reading.Count > ahead)
            {
                yield return reading.Dequeue().GetAwaiter().GetResult();
            }
        }

        foreach (var rest in reading)
        {
            yield return rest.GetAwaiter().GetResult();
        }
    }

    private static void Count(ReplayReading reading, HashSet<Guid> seen, List<ResourceEvent> events, ReplaySummary summary)
    {
        summary.AddFile(reading.BytesRead, reading.Failure is not null);
        foreach (var record in reading.Records)
        {
            if (!seen.Add(record.Key))
            {
                summary.AddDuplicate();
            }
            else if (record.Event is { } understood)
            {
                events.Add(understood);
            }
            else if (record.Malformed is { } malformed)
            {
                summary.AddQuarantined(malformed);
            }
            else
            {
                summary.AddFree();
            }
        }

        foreach (var rejected in reading.Rejected)
        {
            summary.AddQuarantined(rejected);
        }

        foreach (var note in reading.Notes)
        {
            summary.AddNote(note, reading.File.Name);
        }
    }

    private void Take(List<ResourceEvent> events, IReplayOutput output, ReplaySummary summary, CancellationToken cancellationToken)
    {
        var accounts = new Dictionary<string, AccountState>();
        var now = clock.GetUtcNow();
        foreach (var (i, e) in events.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!accounts.TryGetValue(e.AccountId, out var state))
            {
                accounts.Add(e.AccountId, state = new AccountState(new AccountSnapshot { AccountId = e.AccountId }));
            }

            var (costEvent, alert) = AccountPipeline.Take(state, e, now);
            summary.AddEvent(costEvent);
            output.Costed(costEvent);
            if (alert is not null)
            {
                summary.AddAlert(alert);
                output.Raised(alert);
            }

            if (i % EventsBetweenDrains == 0)
            {
                state.DrainChanges();
            }
        }

        summary.Accounts = accounts.Count;
        summary.ExposureUsdPerHour = accounts.Values.Sum(account => account.Ledger.ExposureUsdPerHour);
    }
}

/// <summary>Takes what a replay produces.</summary>
public interface IReplayOutput
{
    /// <summary>An event priced and scored; refused calls and definitions come as well.</summary>
    void Costed(CostEvent e);

    /// <summary>An alert, right after the event that raised it.</summary>
    void Raised(Alert alert);
}

/// <summary>How far a replay has read.</summary>
/// <param name="BytesDone">Bytes on disk that are read.</param>
/// <param name="BytesTotal">Bytes on disk in all.</param>
public readonly record struct ReplayProgress(long BytesDone, long BytesTotal);

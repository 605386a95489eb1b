using System.Diagnostics;
using System.Globalization;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Benchmarks.Faults;

/// <summary>The same load twice: left alone, and under faults. What both leave behind is to be equal.</summary>
/// <param name="seed">What load and faults are drawn from.</param>
/// <param name="duration">How long the load takes under faults.</param>
/// <param name="tell">Told what happens.</param>
/// <param name="oldPrograms">Folder with the programs of an earlier version that works beside this one; null for none.</param>
internal sealed class FaultRun(int seed, TimeSpan duration, Action<string> tell, string? oldPrograms = null)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(8);

    /// <summary>Runs both.</summary>
    /// <param name="days">Days of simulated life that are sent.</param>
    /// <param name="pace">How fast faults follow each other, and which.</param>
    public async Task<FaultResult> RunAsync(int days, FaultPace pace)
    {
        var folder = Directory.CreateTempSubdirectory("ddoc-fault-load-").FullName;
        try
        {
            var load = FaultLoad.Write(folder, seed, days, duration);
            tell($"{load.Files.Count} files: {string.Join(", ", load.Files.CountBy(file => file.Mouth).Select(mouth => $"{mouth.Value} by {mouth.Key}"))}");
            await using var installation = await Installation.StartAsync(oldPrograms, load);
            await installation.TakeCalmlyAsync(load);
            await QuietAsync(installation, costEvents: 1);
            var calm = await Outcome.ReadAsync(installation, Installation.CalmTenant);
            tell($"left alone: {calm}");
            return await FaultyAsync(installation, load, calm, pace);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<FaultResult> FaultyAsync(Installation installation, FaultLoad load, Outcome calm, FaultPace pace)
    {
        var (sender, chaos, clock) = (new LoadSender(installation, load), new Chaos(installation, seed, pace, tell), Stopwatch.StartNew());
        using var enough = new CancellationTokenSource(duration);
        var faults = chaos.RunAsync(duration, enough.Token);
        await sender.SendAsync(pace: 1, CancellationToken.None);
        await faults;
        tell(string.Create(CultureInfo.InvariantCulture, $"all is sent and everything runs again after {clock.Elapsed.TotalSeconds:N0} s; {sender.Repeats} posts were repeated"));
        await QuietAsync(installation, calm.Count("cost_events") * 2);
        var faulty = await Outcome.ReadAsync(installation, Installation.Tenant);
        tell(string.Create(CultureInfo.InvariantCulture, $"quiet after {clock.Elapsed.TotalSeconds:N0} s: {faulty}"));
        return new FaultResult(calm, faulty, oldPrograms is not null, chaos.Counts, [.. installation.Processes.Select(child => new ProcessStory(child.Name, child.EndedByItself, Complaints(child.Log)))]);
    }

    /// <summary>Until nothing waits any more: files, agent, queue and outbox. Gives up in silence; the comparison then shows what is missing.</summary>
    private static async Task QuietAsync(Installation installation, int costEvents)
    {
        var (deadline, last, still) = (Stopwatch.StartNew(), "", 0);
        while (deadline.Elapsed < Quiet && still < 4)
        {
            await Task.Delay(500);
            var state = await StateAsync(installation);
            still = state is { Waits: 0 } && state.Marks == last && state.CostEvents >= costEvents ? still + 1 : 0;
            last = state?.Marks ?? "";
        }
    }

    private static async Task<RunState?> StateAsync(Installation installation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(installation.Database + ";Pooling=false;Timeout=2");
            await connection.OpenAsync();
            var rows = await connection.QueryAsync(
                """
                select (select coalesce(sum(sent_seq - applied_seq), 0)::bigint from pipeline.accounts)
                        + (select count(*) from notify.facts where routed_at is null) + (select count(*) from notify.messages where state in ('queued', 'sending')),
                    (select count(*) from pipeline.source_files), (select count(*) from pipeline.deliveries), (select count(*) from mt_doc_cost_events), (select count(*) from notify.messages)
                """,
                row => new RunState(row.GetInt64(0), $"{row.GetInt64(1)} {row.GetInt64(2)} {row.GetInt64(3)} {row.GetInt64(4)}", row.GetInt64(3)), CancellationToken.None);
            var files = Directory.GetFiles(installation.WatchedFolder, "*.gz").Length;
            return rows[0] with { Waits = rows[0].Waits + files - long.Parse(rows[0].Marks.Split(' ')[0], CultureInfo.InvariantCulture) };
        }
        catch (NpgsqlException)
        {
            return null; // on its way up
        }
    }

    /// <summary>What a process said when it ended by itself, the first lines of each time.</summary>
    private static IReadOnlyList<string> Complaints(string log)
    {
        var lines = File.Exists(log) ? File.ReadAllLines(log) : [];
        return [.. lines.Index().Where(line => line.Item.StartsWith("Unhandled exception", StringComparison.Ordinal)).Select(line => string.Join('\n', lines.Skip(line.Index).Take(3))).Take(3)];
    }

    private sealed record RunState(long Waits, string Marks, long CostEvents);
}

/// <summary>What came of both runs.</summary>
/// <param name="Calm">Left alone.</param>
/// <param name="Faulty">Under faults.</param>
/// <param name="IsOfTwoVersions">Whether an earlier version wrote a part of it.</param>
/// <param name="Faults">How many of each kind.</param>
/// <param name="Processes">How the processes fared.</param>
internal sealed record FaultResult(Outcome Calm, Outcome Faulty, bool IsOfTwoVersions, IReadOnlyDictionary<string, int> Faults, IReadOnlyList<ProcessStory> Processes)
{
    /// <summary>What differs; empty where all is well.</summary>
    public IReadOnlyList<string> Differences => IsOfTwoVersions ? Outcome.Differences(Calm.Names(), Faulty.Names()) : Outcome.Differences(Calm, Faulty);
}

/// <summary>How a process fared.</summary>
/// <param name="Name">Which.</param>
/// <param name="EndedByItself">How often it ended though nobody killed it.</param>
/// <param name="Complaints">What it said then.</param>
internal sealed record ProcessStory(string Name, int EndedByItself, IReadOnlyList<string> Complaints);

using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace DdocCost.Benchmarks.Faults;

/// <summary>Kills and cuts at random, and puts everything back.</summary>
/// <param name="installation">What is to survive it.</param>
/// <param name="seed">What is drawn from.</param>
/// <param name="longest">How long anything is away at most.</param>
/// <param name="between">How long is waited between two faults at most.</param>
/// <param name="tell">Told of each fault.</param>
internal sealed class Chaos(Installation installation, int seed, TimeSpan longest, TimeSpan between, Action<string> tell)
{
    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>How many of each kind there were.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Goes on until stopped; then everything runs again.</summary>
    public async Task RunAsync(CancellationToken until)
    {
        // Every kind once in an order of its own before one comes again, so that a short run has them all.
        for (var kinds = new Queue<Func<TimeSpan, Task>>(); !until.IsCancellationRequested;)
        {
            await Task.Delay(Draw(between), CancellationToken.None);
            if (kinds.Count == 0)
            {
                kinds = new Queue<Func<TimeSpan, Task>>(Shuffled());
            }

            List<Task> now = [kinds.Dequeue()(Draw(longest))];
            if (_random.Next(4) == 0 && kinds.TryDequeue(out var second))
            {
                now.Add(second(Draw(longest))); // misfortunes seldom come alone
            }

            await Task.WhenAll(now);
        }
    }

    private TimeSpan Draw(TimeSpan most) => most * _random.NextDouble();

    private Func<TimeSpan, Task>[] Shuffled()
    {
        var kinds = Kinds();
        _random.Shuffle(kinds);
        return kinds;
    }

    private Func<TimeSpan, Task>[] Kinds() =>
    [
        away => KillAsync(installation.App, away), away => KillAsync(installation.JobServers[0], away), away => KillAsync(installation.JobServers[1], away),
        away => KillAsync(installation.Agent, away), away => KillAsync(installation.Redis, away), away => KillPostgresAsync(away, "killed"), away => KillPostgresAsync(away, "QUIT"),
        away => CutAsync(LineState.Cut, away), away => CutAsync(LineState.Silent, away), BreakConnectionsAsync,
    ];

    private async Task KillAsync(Child child, TimeSpan away)
    {
        Tell($"kill {child.Name}", away);
        await child.KillAsync();
        await Task.Delay(away);
        child.Start();
    }

    /// <summary>As a machine that loses power would (all its processes at once), or by PostgreSQL's immediate shutdown.</summary>
    private async Task KillPostgresAsync(TimeSpan away, string how)
    {
        Tell(how == "killed" ? "kill postgres" : "stop postgres immediately", away);
        await (how == "killed" ? installation.Postgres.KillAsync() : installation.Postgres.EndAsync(how));
        await Task.Delay(away);
        installation.Postgres.Start();
    }

    private async Task CutAsync(LineState how, TimeSpan away)
    {
        Tell(how == LineState.Cut ? "cut the agent's line" : "silence the agent's line", away);
        installation.AgentLine.Become(how);
        await Task.Delay(away);
        installation.AgentLine.Become(LineState.Up);
    }

    /// <summary>Takes every connection to the database away, as a failing network or a proxy does.</summary>
    private async Task BreakConnectionsAsync(TimeSpan away)
    {
        Tell("break all connections to postgres", TimeSpan.Zero);
        try
        {
            await using var connection = new NpgsqlConnection(installation.Database + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", connection);
            await command.ExecuteScalarAsync();
        }
        catch (NpgsqlException)
        {
            // It is away already.
        }
    }

    private void Tell(string what, TimeSpan away)
    {
        _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
        tell(string.Create(CultureInfo.InvariantCulture, $"{what}, for {away.TotalSeconds:N1} s"));
    }
}

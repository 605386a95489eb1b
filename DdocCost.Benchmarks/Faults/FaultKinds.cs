using System.Globalization;
using Npgsql;

namespace DdocCost.Benchmarks.Faults;

/// <summary>A misfortune that can be brought about.</summary>
/// <param name="Name">What it is called where kinds are chosen.</param>
/// <param name="Happen">Brings it about for that long, and puts everything back.</param>
/// <param name="Lasts">Whether it goes on beside others, to the end.</param>
internal sealed record FaultKind(string Name, Func<TimeSpan, Task> Happen, bool Lasts = false);

/// <summary>All misfortunes that an installation can have here.</summary>
/// <param name="installation">Whose.</param>
/// <param name="tell">Told of each as it begins.</param>
internal sealed class FaultKinds(Installation installation, Action<string, TimeSpan> tell)
{
    private const int FewConnections = 6;
    private const int LongLock = 8; // times as long as another misfortune
    private static readonly TimeSpan Jump = TimeSpan.FromHours(1);
    private static readonly TimeSpan SlowFlush = TimeSpan.FromMilliseconds(300);
    private bool _redisIsLost;
    private int _jumps;

    /// <summary>All that this machine allows: without root no disk can be filled, without a C compiler no clock be put wrong and no disk be slow.</summary>
    public IReadOnlyList<FaultKind> All()
    {
        List<FaultKind> kinds =
        [
            Kill("app", installation.App), Kill("jobs-1", installation.JobServers[0]), Kill("jobs-2", installation.JobServers[1]), Kill("agent", installation.Agent),
            new("redis", away => _redisIsLost ? Task.CompletedTask : KillAsync(installation.Redis, away)), new("postgres", away => KillPostgresAsync(away, "killed")), new("postgres-stop", away => KillPostgresAsync(away, "QUIT")),
            new("line-cut", away => CutAsync(LineState.Cut, away)), new("line-silent", away => CutAsync(LineState.Silent, away)), new("connections", BreakConnectionsAsync), new("few-connections", AllowFewConnectionsAsync), new("table-locked", LockTableAsync),
            Freeze(installation.Postgres), Freeze(installation.Redis), Freeze(installation.JobServers[0]), Freeze(installation.App), new("redis-lost", LoseRedisAsync, Lasts: true),
        ];
        if (installation.Clock.IsThere)
        {
            kinds.Add(new("clock", PutClockAsync));
            kinds.Add(new("slow-disk", SlowDiskAsync));
        }

        if (installation.DataDisk is { } data)
        {
            kinds.Add(new("archive-full", away => FillAsync(data, "archive", away)));
        }

        if (installation.AgentDisk is { } agent)
        {
            kinds.Add(new("spool-full", away => FillAsync(agent, "agent's spool", away)));
        }

        return kinds;
    }

    private FaultKind Kill(string name, Child child) => new(name, away => KillAsync(child, away));

    /// <summary>A stopped process (SIGSTOP) stands for one whose disk does not answer: its connections stay open and nothing comes.</summary>
    private FaultKind Freeze(Child child) => new($"freeze-{child.Name}", async away =>
    {
        tell($"freeze {child.Name}", away);
        await child.SignalAsync("STOP");
        await Task.Delay(away);
        await child.SignalAsync("CONT");
    });

    private async Task KillAsync(Child child, TimeSpan away)
    {
        tell($"kill {child.Name}", away);
        await child.KillAsync();
        await Task.Delay(away);
        child.Start();
    }

    /// <summary>As a machine that loses power would (all its processes at once), or by PostgreSQL's immediate shutdown.</summary>
    private async Task KillPostgresAsync(TimeSpan away, string how)
    {
        tell(how == "killed" ? "kill postgres" : "stop postgres immediately", away);
        await (how == "killed" ? installation.Postgres.KillAsync() : installation.Postgres.EndAsync(how));
        await Task.Delay(away);
        installation.Postgres.Start();
    }

    private async Task LoseRedisAsync(TimeSpan away)
    {
        tell("lose redis", away);
        _redisIsLost = true;
        await installation.Redis.KillAsync();
        await Task.Delay(away);
        installation.Redis.Start();
        _redisIsLost = false;
    }

    private async Task CutAsync(LineState how, TimeSpan away)
    {
        tell(how == LineState.Cut ? "cut the agent's line" : "silence the agent's line", away);
        installation.AgentLine.Become(how);
        await Task.Delay(away);
        installation.AgentLine.Become(LineState.Up);
    }

    /// <summary>One job server's clock goes forward an hour, the next time back an hour, and is then put right.</summary>
    private async Task PutClockAsync(TimeSpan away)
    {
        var jump = Interlocked.Increment(ref _jumps) % 2 == 1 ? Jump : -Jump;
        tell(string.Create(CultureInfo.InvariantCulture, $"put the clock of {installation.JobServers[0].Name} {jump.TotalHours:+0;-0} h"), away);
        installation.Clock.Put(jump);
        await Task.Delay(away);
        installation.Clock.Put(TimeSpan.Zero);
    }

    /// <summary>Each flush of PostgreSQL takes longer, as on a disk that others use or that is about to fail.</summary>
    private async Task SlowDiskAsync(TimeSpan away)
    {
        tell("slow the disk of postgres", away);
        installation.PostgresDisk.Delay(SlowFlush);
        await Task.Delay(away);
        installation.PostgresDisk.Delay(TimeSpan.Zero);
    }

    private async Task FillAsync(FillableDisk disk, string what, TimeSpan away)
    {
        tell($"fill the disk of the {what}", away);
        for (var tries = 0; !disk.Fill() && tries < 100; tries++)
        {
            await Task.Delay(10);
        }

        await Task.Delay(away);
        disk.Empty();
    }

    /// <summary>Takes every connection to the database away, as a failing network or a proxy does.</summary>
    private async Task BreakConnectionsAsync(TimeSpan away)
    {
        tell("break all connections to postgres", TimeSpan.Zero);
        await TryAsync($"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{Installation.Role}'");
    }

    /// <summary>Fewer connections than the processes hold, and all of them taken away once so that it is felt.</summary>
    private async Task AllowFewConnectionsAsync(TimeSpan away)
    {
        tell($"allow {FewConnections} connections to postgres", away);
        await TryAsync($"alter role {Installation.Role} connection limit {FewConnections}; select pg_terminate_backend(pid) from pg_stat_activity where usename = '{Installation.Role}'");
        await Task.Delay(away);
        while (!await TryAsync($"alter role {Installation.Role} connection limit -1"))
        {
            await Task.Delay(200); // another misfortune has PostgreSQL down
        }
    }

    /// <summary>Nobody reads or writes cost events, as while a newer version builds an index anew on many of them. In a long run often for longer than a statement is waited for.</summary>
    private async Task LockTableAsync(TimeSpan away)
    {
        away *= LongLock;
        tell("lock the table of cost events", away);
        await TryAsync(string.Create(CultureInfo.InvariantCulture, $"begin; lock table mt_doc_cost_events in access exclusive mode; select pg_sleep({away.TotalSeconds}); commit"), away);
    }

    /// <param name="sql">Statements.</param>
    /// <param name="takes">How long they take by themselves.</param>
    /// <returns>false where PostgreSQL is away.</returns>
    private async Task<bool> TryAsync(string sql, TimeSpan takes = default)
    {
        try
        {
            await using var connection = new NpgsqlConnection(installation.AdministratorDatabase + ";Pooling=false;Timeout=5");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 10 + (int)takes.TotalSeconds };
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}

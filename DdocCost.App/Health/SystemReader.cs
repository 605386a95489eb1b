using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using DdocCost.App.Live;
using DdocCost.App.Shell;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Queue;
using Hangfire;
using Npgsql;
using StackExchange.Redis;

namespace DdocCost.App.Health;

/// <summary>Asks each part how it does. A part that does not answer is an answer too.</summary>
internal sealed class SystemReader(NpgsqlDataSource database, IConnectionMultiplexer redis, LiveFeed feed, JobStorage jobs, IArchiveInventory archive, TimeProvider time)
{
    private const string Mute = "does not answer";
    private const long LittleRoom = 1L << 30;
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks all.</summary>
    /// <param name="tenantId">Whose deliveries are counted.</param>
    /// <param name="withPlaces">Whether it says where things lie on the server, and how its processes are called: for operators.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SystemView> ReadAsync(string tenantId, bool withPlaces, CancellationToken cancellationToken)
    {
        var servers = await AskAsync("Job servers", () => Task.Run(Servers, cancellationToken));
        SystemPart[] parts =
        [
            await AskPartAsync("Database", () => DatabaseAsync(cancellationToken)),
            await AskPartAsync("Redis", RedisAsync),
            await AskPartAsync("Queue", () => QueueAsync(cancellationToken)),
            await AskPartAsync("Deliveries given up", () => DeadLettersAsync(tenantId, cancellationToken)),
            await AskPartAsync("Raw archive", () => ArchiveAsync(withPlaces, cancellationToken)),
            servers.Problem ?? JobServersPart(servers.Answer!),
        ];
        if (!withPlaces)
        {
            // What a part says of its failure may name hosts and paths.
            return new SystemView([.. parts.Select(part => part.IsWell ? part : part with { Says = part.Says.StartsWith(Mute, StringComparison.Ordinal) ? Mute : part.Says })], [], await VersionsAsync(cancellationToken));
        }

        return new SystemView(parts, servers.Answer ?? [], await VersionsAsync(cancellationToken));
    }

    private async Task<SystemPart> DatabaseAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var size = await ScalarAsync("select pg_database_size(current_database())", cancellationToken);
        return new SystemPart("Database", true, string.Create(NumberStyle.Format, $"answers in {watch.Elapsed.TotalMilliseconds:0.0} ms, holds {Measure.Bytes(size)}"));
    }

    private async Task<SystemPart> RedisAsync()
    {
        if (!redis.IsConnected)
        {
            return new SystemPart("Redis", false, Mute); // known already: nobody has to wait for it
        }

        var took = await redis.GetDatabase().PingAsync().WaitAsync(Patience, time);
        return new SystemPart("Redis", feed.IsConnected, string.Create(NumberStyle.Format,
            $"answers in {took.TotalMilliseconds:0.0} ms, {(feed.IsConnected ? "live updates are heard" : "but live updates are not heard")}"));
    }

    private async Task<SystemPart> QueueAsync(CancellationToken cancellationToken)
    {
        var depth = await ScalarAsync($"select count(*) from ({LaneQueue.Waiting}) waiting", cancellationToken);
        return new SystemPart("Queue", true, depth == 0 ? "empty: all that came is scored" : $"{Usd.Count(depth)} {(depth == 1 ? "delivery waits" : "deliveries wait")}");
    }

    private async Task<SystemPart> DeadLettersAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select count(*) from pipeline.dead_letters where tenant_id = @tenant");
        command.Parameters.AddWithValue("tenant", tenantId);
        var count = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        return new SystemPart("Deliveries given up", count == 0, count == 0 ? "none" : $"{Usd.Count(count)}: their accounts have a gap until somebody looks");
    }

    private async Task<SystemPart> ArchiveAsync(bool withPlace, CancellationToken cancellationToken)
    {
        var free = await archive.RoomAsync(cancellationToken);
        return new SystemPart("Raw archive", free is null or > LittleRoom, free is { } bytes
            ? $"{(withPlace ? $"in {archive.Place}, " : "")}{Measure.Bytes(bytes)} left" : $"{(withPlace ? archive.Place : "it")} answers");
    }

    private SystemPart JobServersPart(IReadOnlyList<JobServer> servers)
    {
        var alive = servers.Count(server => server.Heartbeat > time.GetUtcNow() - Silence);
        return new SystemPart("Job servers", alive > 0, alive switch { 0 => "none reports: nothing is read or scored", 1 => "one at work", _ => $"{alive} at work" });
    }

    private IReadOnlyList<JobServer> Servers() =>
    [
        .. jobs.GetMonitoringApi().Servers().Select(server => new JobServer(
            server.Name, [.. server.Queues], server.Heartbeat is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null)),
    ];

    private async Task<IReadOnlyList<KeyValuePair<string, string>>> VersionsAsync(CancellationToken cancellationToken)
    {
        var postgres = await AskAsync("PostgreSQL", async () =>
        {
            await using var command = database.CreateCommand("show server_version");
            return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        });
        var server = await AskAsync("Redis", () => Task.Run(() => redis.GetServers().FirstOrDefault(server => server.IsConnected)?.Version.ToString() ?? "not known", cancellationToken));
        return
        [
            new("dd0c/cost", typeof(SystemReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "not known"),
            new(".NET", RuntimeInformation.FrameworkDescription),
            new("PostgreSQL", postgres.Answer ?? "not known"),
            new("Redis", server.Answer ?? "not known"),
            new("System", RuntimeInformation.OSDescription),
        ];
    }

    private async Task<long> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private static async Task<SystemPart> AskPartAsync(string name, Func<Task<SystemPart>> ask)
    {
        var (answer, problem) = await AskAsync(name, ask);
        return answer ?? problem!;
    }

    private static async Task<(T? Answer, SystemPart? Problem)> AskAsync<T>(string name, Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return (await ask(), null);
        }
        catch (Exception e) when (e is NpgsqlException or RedisException or TimeoutException or IOException)
        {
            return (null, new SystemPart(name, false, $"{Mute}: {e.Message}"));
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DdocCost.Benchmarks.Faults;
using Npgsql;

namespace DdocCost.Benchmarks.Durable;

/// <summary>
/// A PostgreSQL and a Redis of the benchmark's own, which wait for the disk as a user's would. Killed with this process, however it ends.
/// </summary>
internal sealed class PrivateServers : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ddoc-bench-db-").FullName;
    private Child? _postgres;
    private Child? _redis;

    /// <summary>PostgreSQL, in Npgsql's form.</summary>
    public string Postgres { get; private set; } = "";

    /// <summary>Redis, in StackExchange.Redis' form.</summary>
    public string Redis { get; private set; } = "";

    /// <summary>PostgreSQL's process.</summary>
    public Child PostgresProcess => _postgres!;

    /// <summary>Redis' process.</summary>
    public Child RedisProcess => _redis!;

    /// <summary>Processor time that PostgreSQL and its children have used so far.</summary>
    public TimeSpan PostgresTime => TimeSpan.FromSeconds(ProcessorTime.OfTree(_postgres!.Id));

    /// <summary>The disk under PostgreSQL; null where it was not asked for.</summary>
    public SlowDisk? Disk { get; private set; }

    /// <summary>Starts both.</summary>
    /// <param name="settings">Settings of PostgreSQL that win over ours, such as <c>max_connections=30</c>.</param>
    public static Task<PrivateServers> StartAsync(params string[] settings) => StartAsync(withDisk: false, settings);

    /// <summary>Starts both, PostgreSQL on a <see cref="Disk"/> that can be made slow.</summary>
    public static Task<PrivateServers> StartOnDiskAsync(params string[] settings) => StartAsync(withDisk: true, settings);

    private static async Task<PrivateServers> StartAsync(bool withDisk, string[] settings)
    {
        var servers = new PrivateServers();
        servers.Disk = withDisk ? new SlowDisk(servers._folder) : null;
        await servers.StartPostgresAsync(settings);
        servers.StartRedis();
        return servers;
    }

    /// <summary>A new database with nothing in it.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabaseAsync(string name)
    {
        await using var connection = new NpgsqlConnection(Postgres);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(Postgres) { Database = name }.ConnectionString;
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        _postgres?.Dispose();
        _redis?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartPostgresAsync(string[] settings)
    {
        var binaries = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";
        var (data, port) = (Path.Combine(_folder, "postgres"), FreePort());
        string[] runAs = [];
        if (Environment.IsPrivilegedProcess)
        {
            runAs = ["--reuid=postgres", "--regid=postgres", "--init-groups"]; // PostgreSQL refuses to run as root
            await RunAsync("chown", ["postgres:postgres", _folder]);
        }

        await RunAsync("setpriv", [.. runAs, $"{binaries}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
        string[] all = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=1GB", "max_wal_size=4GB", "wal_compression=lz4", "autovacuum_naptime=10s", .. settings];
        _postgres = new Child("postgres", [.. runAs, $"{binaries}/postgres", "-D", data, "-p", $"{port}", .. all.SelectMany(setting => (string[])["-c", setting])], Disk?.Environment, LogOf("postgres"));
        _postgres.Start();
        Postgres = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
        for (var tries = 0; ; tries++)
        {
            try
            {
                await NewDatabaseAsync("probe");
                return;
            }
            catch (NpgsqlException) when (tries < 300)
            {
                await Task.Delay(100);
            }
        }
    }

    private void StartRedis()
    {
        var port = FreePort();
        _redis = new Child("redis", ["redis-server", "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--dir", _folder], log: LogOf("redis"));
        _redis.Start();
        Redis = $"127.0.0.1:{port}";
    }

    private string LogOf(string server) => Path.Combine(_folder, $"{server}.log");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var (_, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await error}");
        }
    }
}

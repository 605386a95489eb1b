using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace DdocCost.Benchmarks.Durable;

/// <summary>
/// A PostgreSQL and a Redis of the benchmark's own, which wait for the disk as a user's would. Killed with this process, however it ends.
/// </summary>
internal sealed class PrivateServers : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ddoc-bench-db-").FullName;
    private readonly List<Process> _processes = [];

    /// <summary>PostgreSQL, in Npgsql's form.</summary>
    public string Postgres { get; private set; } = "";

    /// <summary>Redis, in StackExchange.Redis' form.</summary>
    public string Redis { get; private set; } = "";

    /// <summary>Processor time that PostgreSQL and its children have used so far.</summary>
    public TimeSpan PostgresTime => TimeSpan.FromSeconds(ProcessorTime.OfTree(_processes[0].Id));

    /// <summary>Starts both.</summary>
    public static async Task<PrivateServers> StartAsync()
    {
        var servers = new PrivateServers();
        await servers.StartPostgresAsync();
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
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartPostgresAsync()
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
        Start([.. runAs, $"{binaries}/postgres", "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "shared_buffers=1GB", "-c", "max_wal_size=4GB", "-c", "wal_compression=lz4", "-c", "autovacuum_naptime=10s"]);
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
        Start(["redis-server", "--port", $"{port}", "--bind", "127.0.0.1", "--save", ""]);
        Redis = $"127.0.0.1:{port}";
    }

    private void Start(string[] command)
    {
        var start = new ProcessStartInfo("bash", ["-c", "exec \"$@\" > /dev/null 2>&1", "server", "setpriv", "--pdeathsig=KILL", .. command]) { WorkingDirectory = "/" };
        var started = new TaskCompletionSource<Process>();
        // The parent-death signal follows the thread that started the process, so that thread must stay.
        new Thread(() =>
        {
            var process = Process.Start(start)!;
            started.SetResult(process);
            process.WaitForExit();
        }) { IsBackground = true }.Start();
        _processes.Add(started.Task.Result);
    }

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

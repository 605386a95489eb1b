using System.Collections.Concurrent;
using System.Diagnostics;
using DdocCost.Domain;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace DdocCost.Tests.Support;

/// <summary>
/// A PostgreSQL of the test run's own, started on first use. It does not wait for the disk, so it is fast, and durable against the
/// death of a client, which is what tests try, though not against the death of the machine.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"ddoc-pg-{Environment.ProcessId}-{Guid.NewGuid():N}"[..24]);
    private readonly Lazy<Task<Running>> _running;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _templates = [];
    private int _databases;

    public PostgresServer() => _running = new(StartAsync);

    /// <summary>A new database with the product's whole schema.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabaseAsync() => await NewDatabaseAsync("template_ddoc");

    /// <summary>A new database with nothing in it.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewEmptyDatabaseAsync() => await NewDatabaseAsync("template0");

    /// <summary>A new database like a template, which is made on first use.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabaseAsync(string template, Func<string, Task> make)
    {
        await _templates.GetOrAdd(template, _ => new(async () =>
        {
            var server = await _running.Value;
            await using var connection = new NpgsqlConnection(server.To("postgres"));
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand($"create database {template}", connection);
            await create.ExecuteNonQueryAsync();
            await make(server.To(template.ToLowerInvariant()));
            NpgsqlConnection.ClearAllPools(); // a template may have no connections
        })).Value;
        return await NewDatabaseAsync(template);
    }

    /// <summary>Whether the server has an extension to install.</summary>
    public static bool Offers(string extension) =>
        File.Exists(Path.Combine(Binaries(), "../../../../share/postgresql", new DirectoryInfo(Binaries()).Parent!.Name, "extension", $"{extension}.control"));

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsValueCreated)
        {
            return;
        }

        NpgsqlConnection.ClearAllPools();
        (await _running.Value).Process.Dispose();
        // A run leaves hundreds of databases of hundreds of files each; nobody needs to wait until they are gone.
        using var _ = Process.Start("sh", ["-c", $"rm -rf '{Folder}' >/dev/null 2>&1 </dev/null &"]);
    }

    private async Task<string> NewDatabaseAsync(string template)
    {
        var server = await _running.Value;
        var name = $"t{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(server.To("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name} template {template} strategy file_copy", connection);
        await create.ExecuteNonQueryAsync();
        return server.To(name);
    }

    private static async Task<Running> StartAsync()
    {
        var (binaries, port) = (Binaries(), ServerProcess.FreePort());
        var data = Path.Combine(Folder, "data");
        Directory.CreateDirectory(Folder);
        string[] runAs = [];
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            runAs = ["--reuid=postgres", "--regid=postgres", "--init-groups"];
            await RunAsync("chown", ["postgres:postgres", Folder]);
        }

        await RunAsync("setpriv", [.. runAs, Path.Combine(binaries, "initdb"), "-D", data, "-U", "postgres", "-A", "trust",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        var process = new ServerProcess(Path.Combine(binaries, "postgres"), ["-D", data, "-p", $"{port}", "-k", Folder,
            "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
            "-c", "max_connections=1000",
            "-c", "autovacuum_naptime=1h"], runAs); // a minute by default, in which each of hundreds of databases would get a process
        var server = new Running(process, port);
        await process.UntilAsync(async () =>
        {
            await using var connection = new NpgsqlConnection(server.To("postgres"));
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand("create database template_ddoc", connection);
            await create.ExecuteNonQueryAsync();
        });
        await MigrateAsync(server.To("template_ddoc"));
        return server;
    }

    /// <summary>Applies the product's migrations, as its command would.</summary>
    /// <returns>What each migration says is there now, by its name.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> MigrateAsync(string connectionString, Action<QueueOptions>? queue = null)
    {
        var results = new Dictionary<string, string>();
        await using var services = new ServiceCollection().AddDomain(connectionString).Configure(queue ?? (_ => { })).BuildServiceProvider();
        await services.GetRequiredService<Migrations>().ApplyAsync((name, result) => results[name] = result, CancellationToken.None);
        NpgsqlConnection.ClearAllPools(); // a template may have no connections
        return results;
    }

    /// <summary>The newest server there is, or the one in the folder that <c>DDOC_POSTGRES</c> names.</summary>
    private static string Binaries() => Environment.GetEnvironmentVariable("DDOC_POSTGRES") is { Length: > 0 } folder ? folder :
        Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(version => version, StringComparer.Ordinal)
            .Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        ?? throw new InvalidOperationException("These tests need PostgreSQL's server programs; ops/test.sh installs them.");

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {errors}");
        }
    }

    private sealed record Running(ServerProcess Process, int Port)
    {
        public string To(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Include Error Detail=true";
    }
}

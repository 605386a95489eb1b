using System.Globalization;
using DdocCost.Benchmarks.Durable;
using DdocCost.Benchmarks.Faults;
using DdocCost.Domain;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Archive;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DdocCost.Benchmarks.Growing;

/// <summary>Deliveries that are taken in and wait to be scored, and job servers that come and go to do it.</summary>
internal sealed class Backlog : IAsyncDisposable
{
    private readonly List<Child> _servers = [];
    private readonly Dictionary<string, string> _settings;
    private readonly NpgsqlDataSource _database;
    private readonly string _folder = Directory.CreateTempSubdirectory("ddoc-backlog-").FullName;
    private TimeSpan _spent;

    private Backlog(PrivateServers servers, string database)
    {
        _database = NpgsqlDataSource.Create(database);
        _settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = database, ["ConnectionStrings:Redis"] = servers.Redis, ["Data:Folder"] = _folder, ["Jobs:Queues:0"] = "score",
            ["Secrets:MasterKey"] = "a-master-key-for-this-run-only-0123456789", ["Logging:LogLevel:Default"] = "Warning", ["DOTNET_gcServer"] = "0",
        };
    }

    /// <summary>Processor time that the job servers have used so far, those that are gone included.</summary>
    public TimeSpan ProcessorTime => _spent + TimeSpan.FromSeconds(_servers.Where(server => server.IsRunning).Sum(server => Durable.ProcessorTime.OfTree(server.Id)));

    /// <summary>The job servers that run.</summary>
    public IReadOnlyList<Child> Servers => _servers;

    /// <summary>Takes files in; nobody scores them yet.</summary>
    public static Task<Backlog> FillAsync(PrivateServers servers, string database, IReadOnlyList<string> files) =>
        FillAsync(servers, database, files.Select(file => new Delivery(Path.GetFileName(file), DateTimeOffset.UtcNow, () => File.OpenRead(file))));

    /// <summary>Takes deliveries in; nobody scores them yet.</summary>
    public static async Task<Backlog> FillAsync(PrivateServers servers, string database, IEnumerable<Delivery> deliveries)
    {
        var backlog = new Backlog(servers, database);
        using var host = backlog.Host(database);
        await host.Services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, CancellationToken.None);
        var intake = host.Services.GetRequiredService<Intake>();
        foreach (var chunk in deliveries.Chunk(200))
        {
            await intake.TakeAsync("default", "grow", chunk, CancellationToken.None);
        }

        return backlog;
    }

    /// <summary>Starts more job servers.</summary>
    public void Start(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var server = new Child($"jobs-{_servers.Count}", ["dotnet", Path.Combine(AppContext.BaseDirectory, "DdocCost.Jobs.dll")], _settings, Path.Combine(_folder, "jobs.log"));
            server.Start();
            _servers.Add(server);
        }
    }

    /// <summary>Kills the oldest ones.</summary>
    public async Task KillAsync(int count)
    {
        foreach (var server in _servers.Take(count).ToList())
        {
            _spent += TimeSpan.FromSeconds(Durable.ProcessorTime.OfTree(server.Id));
            await server.KillAsync();
            server.Dispose();
            _servers.Remove(server);
        }
    }

    /// <summary>Done when the first delivery is scored.</summary>
    public async Task BeganAsync()
    {
        while (await DoneAsync() == 0)
        {
            await Task.Delay(20);
        }
    }

    /// <summary>Done when this share of the deliveries is scored.</summary>
    public async Task UntilAsync(double share)
    {
        while (await DoneAsync() < share)
        {
            if (_servers.All(server => !server.IsRunning))
            {
                throw new InvalidOperationException("All job servers have ended: " + await File.ReadAllTextAsync(Path.Combine(_folder, "jobs.log")));
            }

            await Task.Delay(20);
        }
    }

    /// <summary>What they left: counts, whether every account is worked through in its order, and a sum over all documents.</summary>
    public async Task<string> LeftAsync()
    {
        await using var connection = await _database.OpenConnectionAsync();
        var behind = await connection.ScalarAsync<long>("select count(*) from pipeline.accounts where sent_seq <> applied_seq", CancellationToken.None);
        var given = await connection.ScalarAsync<long>("select count(*) from pipeline.dead_letters", CancellationToken.None);
        var events = await connection.ScalarAsync<long>("select count(*) from mt_doc_cost_events", CancellationToken.None);
        var sum = await connection.ScalarAsync<string>(
            """
            select md5(string_agg(line, '|' order by line)) from (
                select (data - 'createdAt')::text as line from mt_doc_cost_events union all select data::text from mt_doc_baselines union all select data::text from mt_doc_running_resources
                union all select (data - 'foundAt' - 'createdAt')::text from mt_doc_anomaly_cases union all select data::text from mt_doc_spend_hours) as documents
            """, CancellationToken.None);
        return string.Create(CultureInfo.InvariantCulture, $"{events:N0} cost events, {behind} accounts behind, {given} given up, documents {sum![..8]}");
    }

    /// <summary>One value from the database.</summary>
    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await _database.OpenConnectionAsync();
        return await connection.ScalarAsync<T>(sql, CancellationToken.None);
    }

    /// <summary>What its job servers are configured with, for an application beside them.</summary>
    public IReadOnlyDictionary<string, string> Settings => _settings;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            server.Dispose();
        }

        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<double> DoneAsync()
    {
        await using var connection = await _database.OpenConnectionAsync();
        return await connection.ScalarAsync<double>("select sum(applied_seq)::float8 / sum(sent_seq) from pipeline.accounts", CancellationToken.None);
    }

    private IHost Host(string database)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("Data:Folder", _folder)]);
        builder.Logging.ClearProviders();
        builder.Services.AddDomain(database).AddRawArchive();
        return builder.Build();
    }
}

using System.Globalization;
using System.Text.Json;
using DdocCost.App.Ingest.Agents;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using DdocCost.Protos.Agent.V1;
using DdocCost.Tests.Support;
using Grpc.Net.Client;
using Marten;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DdocCost.Tests.Ingest;

/// <summary>The application with its mouth for agents open, and agents as processes of their own.</summary>
public sealed class AgentHost(PostgresServer postgres, RedisServer redis) : IAsyncLifetime
{
    private BrowserHost? _host;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Where agents connect.</summary>
    public string Address => _host!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last();

    public async ValueTask InitializeAsync() =>
        _host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), "--Ingest:AgentUrl=http://127.0.0.1:0");

    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    /// <summary>A service.</summary>
    internal T Get<T>() where T : notnull => _host!.Services.GetRequiredService<T>();

    /// <summary>Announces an agent of a tenant that nothing else uses.</summary>
    internal Task<(EnrolledAgent Agent, string Token)> AnnounceAsync(params string[] accounts) =>
        Get<AgentDesk>().CreateAsync($"t{Guid.NewGuid():N}", "admin", "An agent", accounts, Stop);

    /// <summary>A client of the contract.</summary>
    internal AgentIntake.AgentIntakeClient Client() => new(GrpcChannel.ForAddress(Address));

    /// <summary>Starts an agent.</summary>
    internal AppProcess Start(string token, TempFolder folder, params string[] more) => Agent(Address, token, folder, more);

    /// <summary>Starts an agent against any address: reads the folder <c>trail</c>, keeps its things in <c>agent</c>.</summary>
    internal static AppProcess Agent(string address, string token, TempFolder folder, params string[] more)
    {
        Directory.CreateDirectory(folder["trail"]);
        return AppProcess.Start(
            "agent/DdocCost.Agent", new Dictionary<string, string>(), [$"--address={address}", $"--token={token}", $"--data={folder["agent"]}", $"--source=folder:{folder["trail"]}", "--poll=0.05", .. more]);
    }

    /// <summary>What a tenant was told, in the order of its account.</summary>
    internal Task<IReadOnlyList<DeliveryPointer>> PointersAsync(string tenant) => PointersAsync(Get<NpgsqlDataSource>(), tenant);

    /// <inheritdoc cref="PointersAsync(string)"/>
    internal static async Task<IReadOnlyList<DeliveryPointer>> PointersAsync(NpgsqlDataSource database, string tenant)
    {
        var pointers = new List<DeliveryPointer>();
        await using var connection = await database.OpenConnectionAsync(Stop);
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            pointers.AddRange(await connection.QueryAsync(
                $"select message::text from pgmq.q_{Lanes.QueueOf(lane)}", row => JsonSerializer.Deserialize<DeliveryPointer>(row.GetString(0), JsonSerializerOptions.Web)!, Stop));
        }

        return [.. pointers.Where(pointer => pointer.TenantId == tenant).OrderBy(pointer => pointer.AccountId, StringComparer.Ordinal).ThenBy(pointer => pointer.Sequence)];
    }

    /// <summary>Writes a log file as CloudTrail names it; the number makes its minute.</summary>
    internal static string Write(TempFolder folder, int number, params string[] records)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"111122223333_CloudTrail_eu-west-1_20260907T{number / 60:D2}{number % 60:D2}Z_{number:D6}.json.gz");
        Directory.CreateDirectory(folder["trail"]);
        var draft = folder["draft"];
        File.WriteAllBytes(draft, TrailRecords.Gzipped(TrailRecords.Log(records)));
        File.Move(draft, Path.Combine(folder["trail"], name));
        return name;
    }

    /// <summary>What the agent reported last.</summary>
    internal async Task<AgentReport?> ReportAsync(EnrolledAgent agent)
    {
        await using var session = Get<IDocumentStore>().QuerySession(agent.TenantId);
        return await session.LoadAsync<AgentReport>(agent.Id, Stop);
    }

    /// <summary>What a tenant has in quarantine.</summary>
    internal async Task<IReadOnlyList<QuarantinedRecord>> QuarantineAsync(string tenant)
    {
        await using var session = Get<IDocumentStore>().QuerySession(tenant);
        return await session.Query<QuarantinedRecord>().ToListAsync(Stop);
    }

    /// <summary>What an agent brought.</summary>
    internal async Task<SourceTally?> TallyAsync(EnrolledAgent agent) =>
        (await Get<IntakeStore>().TalliesAsync(agent.TenantId, Stop)).GetValueOrDefault(agent.IntakeName);

    /// <summary>Changes the configuration of the running application.</summary>
    internal void Configure(string name, string value)
    {
        var configuration = (IConfigurationRoot)Get<IConfiguration>();
        configuration[name] = value;
        configuration.Reload();
    }
}

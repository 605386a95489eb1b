using System.Net.Http.Headers;
using DdocCost.App;
using DdocCost.App.Access;
using DdocCost.App.Access.Tokens;
using DdocCost.App.Ingest.Agents;
using DdocCost.App.Ingest.Push;
using DdocCost.Domain.Access;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DdocCost.Benchmarks.Fuzzing;

/// <summary>The application with all mouths open, scoring inside and its limits on numbers of calls lifted; and the keys that let input through to where it is read.</summary>
internal sealed class FuzzHost : IAsyncDisposable
{
    /// <summary>The tenant that everything belongs to.</summary>
    public const string Tenant = "default";

    /// <summary>The topic that the SNS source takes messages of.</summary>
    public const string Topic = "arn:aws:sns:eu-west-1:111122223333:trail";

    /// <summary>What Slack signs with.</summary>
    public const string SlackSecret = "0123456789abcdef0123456789abcdef";

    private readonly WebApplication _app;
    private readonly string _folder;

    private FuzzHost(WebApplication app, string folder, ErrorLog errors)
    {
        (_app, _folder, Errors) = (app, folder, errors);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        (Address, AgentAddress) = (new Uri(addresses[0]), new Uri(addresses[^1]));
    }

    /// <summary>What it logged as errors.</summary>
    public ErrorLog Errors { get; }

    /// <summary>Pages, API, webhook.</summary>
    public Uri Address { get; }

    /// <summary>Agents.</summary>
    public Uri AgentAddress { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>A token of an administrator, for the API, the hub and MCP.</summary>
    public string ApiToken { get; private set; } = "";

    /// <summary>Token of a push source.</summary>
    public string PushToken { get; private set; } = "";

    /// <summary>Id and secret of a source that signs.</summary>
    public (string Id, string Secret) Signing { get; private set; }

    /// <summary>Id of a source for SNS.</summary>
    public string SnsSource { get; private set; } = "";

    /// <summary>One-time tokens of agents, one for each that sends at the same time.</summary>
    public IReadOnlyList<string> AgentTokens { get; private set; } = [];

    /// <summary>Starts it on a database that is up to date.</summary>
    public static async Task<FuzzHost> StartAsync(string database, string redis)
    {
        var (folder, errors) = (Directory.CreateTempSubdirectory("ddoc-fuzz-").FullName, new ErrorLog());
        var app = Server.Build(
            [
                "--urls=http://127.0.0.1:0", "--environment=Production", "--Ingest:AgentUrl=http://127.0.0.1:0", $"--ConnectionStrings:Postgres={database}", $"--ConnectionStrings:Redis={redis}",
                $"--Data:Folder={folder}", "--Jobs:Queues:0=score", "--Access:SetupCode=a-setup-code-for-this-run", "--Access:AttemptsPerMinute=1000", "--Access:ApiCallsPerMinute=100000",
                "--Ingest:MaxBacklog=1000000000", "--Access:OpenId:Authority=http://127.0.0.1:9", "--Access:OpenId:ClientId=fuzz", "--Access:OpenId:ViewerGroups:0=all",
            ],
            // Hangfire keeps the logger factory of whichever host came last for the whole process; one that is never disposed serves them all.
            builder => builder.Services.AddSingleton<ILoggerFactory>(new LoggerFactory([errors])));
        await app.StartAsync();
        var host = new FuzzHost(app, folder, errors);
        await host.PrepareAsync();
        return host;
    }

    /// <summary>A client of the application's own address.</summary>
    /// <param name="bearer">Who asks; null for nobody.</param>
    public HttpClient Client(string? bearer)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        return client;
    }

    /// <summary>What was given up by the scorer, by reason.</summary>
    public async Task<IReadOnlyList<string>> GivenUpAsync()
    {
        await using var connection = await Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        return await connection.QueryAsync("select distinct left(d::text, 600) from pipeline.dead_letters d limit 5", row => row.GetString(0), CancellationToken.None);
    }

    /// <summary>Deliveries that wait to be scored.</summary>
    public async Task<long> BacklogAsync() => (await Services.GetRequiredService<IntakeStore>().ProgressAsync(Tenant, CancellationToken.None)).Backlog;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task PrepareAsync()
    {
        var push = Services.GetRequiredService<PushDesk>();
        PushToken = (await push.CreateAsync(Tenant, "fuzz", new PushDraft("token", PushKind.Token, [], [], null), CancellationToken.None)).Key!;
        var (signing, secret) = await push.CreateAsync(Tenant, "fuzz", new PushDraft("signature", PushKind.Signature, [], [], null), CancellationToken.None);
        Signing = (signing.Id, secret!);
        SnsSource = (await push.CreateAsync(Tenant, "fuzz", new PushDraft("sns", PushKind.SnsTopic, [], [Topic], null), CancellationToken.None)).Source.Id;
        var agents = new List<string>();
        for (var i = 0; i < FuzzRun.Senders; i++)
        {
            agents.Add((await Services.GetRequiredService<AgentDesk>().CreateAsync(Tenant, "fuzz", $"agent {i}", [], CancellationToken.None)).Token);
        }

        AgentTokens = agents;
        await using var scope = Services.CreateAsyncScope();
        var user = new AppUser { Name = "fuzz", TenantId = Tenant, Role = AccessRole.Administrator };
        await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().CreateAsync(user, "correct horse battery");
        ApiToken = (await Services.GetRequiredService<ApiTokens>().CreateAsync(user, "fuzz", AccessRole.Administrator, TimeSpan.FromDays(1), null, isService: false, Mouth.Page, CancellationToken.None)).Secret!;
        var box = Services.GetRequiredService<ISecretBox>();
        await using var session = Services.GetRequiredService<IDocumentStore>().LightweightSession(Tenant);
        session.Store(new Channel
        {
            Id = "slack", Name = "slack", Kind = ChannelKind.Slack, Settings = new Dictionary<string, string> { ["conversation"] = "C1" },
            SealedSecrets = new Dictionary<string, string> { ["botToken"] = box.Protect(Channel.SecretPurpose, "xoxb-fuzz"), ["signingSecret"] = box.Protect(Channel.SecretPurpose, SlackSecret) },
        });
        await session.SaveChangesAsync();
    }
}

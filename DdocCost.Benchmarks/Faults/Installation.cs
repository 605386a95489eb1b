using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DdocCost.App;
using DdocCost.App.Ingest.Agents;
using DdocCost.App.Ingest.Push;
using DdocCost.Benchmarks.Durable;
using DdocCost.Benchmarks.Telling;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Storage;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DdocCost.Benchmarks.Faults;

/// <summary>
/// The whole product as processes of their own on loopback: PostgreSQL, Redis, the app, two job servers, an agent behind a line that can be cut, and
/// stand-ins of Slack and a mail server, which never fail.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    /// <summary>The tenant whose load comes through the mouths, under faults.</summary>
    public const string Tenant = "default";

    /// <summary>The tenant whose load is taken in before, and left alone. It has the same channels and rules.</summary>
    public const string CalmTenant = "calm";

    /// <summary>As whom the processes connect to PostgreSQL.</summary>
    public const string Role = "ddoc";

    private readonly CancellationTokenSource _stop = new();
    private readonly PrivateServers _servers;
    private readonly string _folder;
    private Task _supervising = Task.CompletedTask;

    private Installation(PrivateServers servers, SlackServer slack, LetterBox mail, string folder, string database)
    {
        (_servers, Slack, Mail, _folder, AdministratorDatabase) = (servers, slack, mail, folder, database);
        Database = new NpgsqlConnectionStringBuilder(database) { Username = Role }.ConnectionString;
        AgentLine = new CutLine(AgentPort);
        Clock = new FalseClock(folder);
        (DataDisk, AgentDisk) = (FillableDisk.TryMount(Path.Combine(folder, "data")), FillableDisk.TryMount(Path.Combine(folder, "agent")));
    }

    /// <summary>Its database as the processes see it, in Npgsql's form.</summary>
    public string Database { get; }

    /// <summary>The same as PostgreSQL's own administrator sees it, whom no limits hold.</summary>
    public string AdministratorDatabase { get; }

    /// <summary>The disk under the archive; null where a small one is not to be had.</summary>
    public FillableDisk? DataDisk { get; }

    /// <summary>The disk under the agent's spool; null where a small one is not to be had.</summary>
    public FillableDisk? AgentDisk { get; }

    /// <summary>The clock of the first of the <see cref="JobServers"/>.</summary>
    public FalseClock Clock { get; }

    /// <summary>The disk under PostgreSQL.</summary>
    public SlowDisk PostgresDisk => _servers.Disk!;

    /// <summary>Slack's stand-in.</summary>
    public SlackServer Slack { get; }

    /// <summary>The mail server.</summary>
    public LetterBox Mail { get; }

    /// <summary>Where the app answers.</summary>
    public Uri Address => new($"http://127.0.0.1:{AppPort.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>What the webhook wants to see.</summary>
    public string WebhookToken { get; private set; } = "";

    /// <summary>Watched by the job servers.</summary>
    public string WatchedFolder => Path.Combine(_folder, "watched");

    /// <summary>Read by the agent.</summary>
    public string AgentFolder => Path.Combine(_folder, "agent-trail");

    /// <summary>Between agent and app.</summary>
    public CutLine AgentLine { get; }

    /// <summary>PostgreSQL.</summary>
    public Child Postgres => _servers.PostgresProcess;

    /// <summary>Redis.</summary>
    public Child Redis => _servers.RedisProcess;

    /// <summary>The app, which has a job server inside.</summary>
    public Child App { get; private set; } = null!;

    /// <summary>Two more job servers.</summary>
    public IReadOnlyList<Child> JobServers { get; private set; } = [];

    /// <summary>The agent.</summary>
    public Child Agent { get; private set; } = null!;

    private int AppPort { get; } = FreePort();

    private int AgentPort { get; } = FreePort();

    /// <summary>Brings one up.</summary>
    /// <param name="oldPrograms">Folder with the programs of an earlier version: they make the database and work on a part of the load while this version upgrades it, and go on as one of the job servers. Null for none.</param>
    /// <param name="load">What will be sent.</param>
    public static async Task<Installation> StartAsync(string? oldPrograms, FaultLoad load)
    {
        var folder = Directory.CreateTempSubdirectory("ddoc-faults-").FullName;
        var servers = await PrivateServers.StartOnDiskAsync("shared_buffers=128MB", "max_connections=200");
        var installation = new Installation(servers, await SlackServer.StartAsync(isPatient: true), new LetterBox(Path.Combine(folder, "mail")), folder, await servers.NewDatabaseAsync("faults"));
        await installation.CreateRoleAsync();
        Directory.CreateDirectory(installation.WatchedFolder);
        Directory.CreateDirectory(installation.AgentFolder);
        var second = new Child("jobs-2", ["dotnet", Path.Combine(oldPrograms ?? AppContext.BaseDirectory, "DdocCost.Jobs.dll")], installation.Settings(), Path.Combine(folder, "jobs-2.log"));
        if (oldPrograms is not null)
        {
            await installation.BeginWithAsync(oldPrograms, second, load);
        }

        await installation.StartProcessesAsync(second);
        return installation;
    }

    /// <summary>The processes with their logs.</summary>
    public IEnumerable<Child> Processes => [App, .. JobServers, Agent, Postgres, Redis];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _supervising;
        _stop.Dispose();
        foreach (var child in Processes.Except([Postgres, Redis]))
        {
            child.Dispose();
        }

        await AgentLine.DisposeAsync();
        await Slack.DisposeAsync();
        await Mail.DisposeAsync();
        _servers.Dispose();
        DataDisk?.Dispose();
        AgentDisk?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Takes a load in without any mouth, in order, for the tenant that is left alone.</summary>
    public async Task TakeCalmlyAsync(FaultLoad load)
    {
        await using var desk = Desk();
        var intake = desk.Services.GetRequiredService<Intake>();
        foreach (var chunk in load.Files.Chunk(100))
        {
            await intake.TakeAsync(CalmTenant, "calm", [.. chunk.Select(file => new Delivery(file.Name, DateTimeOffset.UtcNow, () => File.OpenRead(file.Path)))], CancellationToken.None);
        }
    }

    private async Task CreateRoleAsync()
    {
        await using var connection = new NpgsqlConnection(AdministratorDatabase);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create role {Role} login; alter database faults owner to {Role}", connection);
        await create.ExecuteNonQueryAsync();
    }

    /// <summary>The earlier version makes its database, and is at work when this returns.</summary>
    private async Task BeginWithAsync(string oldPrograms, Child jobServer, FaultLoad load)
    {
        using var migrate = new Child("old-migrate", ["dotnet", Path.Combine(oldPrograms, "DdocCost.App.dll"), "migrate"], Settings(), Path.Combine(_folder, "old-migrate.log"));
        migrate.Start();
        await migrate.EndedAsync();
        await using (var desk = Desk())
        {
            await PrepareTellingAsync(desk.Services); // else what the earlier version finds is told to nobody
        }

        jobServer.Start();
        foreach (var file in load.Files.Where(file => file.Mouth == Mouth.Folder).Take(load.Files.Count / 20))
        {
            LoadSender.Write(WatchedFolder, file);
        }

        for (var begun = false; !begun && jobServer.IsRunning;)
        {
            await Task.Delay(100);
            await using var connection = new NpgsqlConnection(AdministratorDatabase + ";Pooling=false");
            await connection.OpenAsync();
            begun = await connection.ScalarAsync<bool>("select exists (select from mt_doc_cost_events)", CancellationToken.None);
        }
    }

    private async Task StartProcessesAsync(Child secondJobServer)
    {
        var (settings, agentToken) = (Settings(), await PrepareAsync());
        AgentLine.Start();
        App = Program("app", "DdocCost.App", settings, "serve", $"--urls={Address}", $"--Ingest:AgentUrl=http://127.0.0.1:{AgentPort}");
        JobServers = [Program("jobs-1", "DdocCost.Jobs", settings.Concat(Clock.Environment).ToDictionary()), secondJobServer];
        Agent = Program(
            "agent", "agent/DdocCost.Agent", [], $"--address=http://127.0.0.1:{AgentLine.Port}", $"--token={agentToken}", $"--data={_folder}/agent", $"--source=folder:{AgentFolder}", "--poll=0.2");
        foreach (var child in (Child[])[App, .. JobServers, Agent])
        {
            child.Start();
        }

        _supervising = SuperviseAsync();
    }

    /// <summary>Starts again what ended by itself, as systemd and Compose do.</summary>
    private async Task SuperviseAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var child in Processes)
            {
                child.StartAgain();
            }

            await Task.Delay(500, CancellationToken.None);
        }
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ConnectionStrings:Postgres"] = Database + ";Maximum Pool Size=30",
        ["ConnectionStrings:Redis"] = _servers.Redis,
        ["Data:Folder"] = Path.Combine(_folder, "data"),
        ["Jobs:MigrateAtStart"] = "false",
        ["Secrets:MasterKey"] = "a-master-key-for-this-run-only-0123456789",
        ["Sources:Folders:0:Tenant"] = Tenant,
        ["Sources:Folders:0:Path"] = WatchedFolder,
        ["Sources:Folders:0:Settle"] = "00:00:00.200",
        ["Notify:AllowedInternal:0"] = "127.0.0.1",
        ["Notify:AllowedInternal:1"] = "localhost",
        ["Notify:PublicUrl"] = "https://cost.example.com",
        ["Notify:Services:Slack"] = Slack.Api,
        ["Notify:Services:MailAuthorities"] = Mail.Authorities,
        ["Notify:TellWithin"] = "30.00:00:00",
        ["Notify:LongestPause"] = "00:00:02",
        // Few at a time with much patience: on a busy machine a sender that gives up and begins again makes it busier.
        ["Notify:AtOnce"] = "3",
        ["Notify:AttemptTimeout"] = "00:00:20",
        ["Notify:Lease"] = "00:00:25",
        ["Notify:FallOverAfter"] = "1.00:00:00", // another channel would be another result
        ["Logging:LogLevel:Default"] = "Warning",
    };

    /// <summary>What an administrator does beforehand: schema, sources, channels.</summary>
    /// <returns>The agent's token.</returns>
    private async Task<string> PrepareAsync()
    {
        await using var desk = Desk();
        await desk.Services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, CancellationToken.None);
        var (_, key) = await desk.Services.GetRequiredService<PushDesk>().CreateAsync(Tenant, "faults", new PushDraft("webhook", PushKind.Token, [], [], null), CancellationToken.None);
        WebhookToken = key!;
        var (_, agentToken) = await desk.Services.GetRequiredService<AgentDesk>().CreateAsync(Tenant, "faults", "agent", [], CancellationToken.None);
        await PrepareTellingAsync(desk.Services);
        return agentToken;
    }

    private WebApplication Desk() =>
        Server.Build([.. Settings().Select(setting => $"--{setting.Key}={setting.Value}"), "--Jobs:InProcess=false"], builder => builder.Logging.ClearProviders());

    private async Task PrepareTellingAsync(IServiceProvider services)
    {
        foreach (var tenant in (string[])[Tenant, CalmTenant])
        {
            await PrepareTellingAsync(services, tenant);
        }
    }

    private async Task PrepareTellingAsync(IServiceProvider services, string tenant)
    {
        var box = services.GetRequiredService<ISecretBox>();
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession(tenant);
        session.Store(
            new Channel
            {
                Id = "slack", Name = "slack", Kind = ChannelKind.Slack, Settings = new Dictionary<string, string> { ["conversation"] = "C1" },
                SealedSecrets = new Dictionary<string, string> { ["botToken"] = box.Protect(Channel.SecretPurpose, SlackServer.Token) },
            },
            new Channel
            {
                Id = "mail", Name = "mail", Kind = ChannelKind.Email,
                Settings = new Dictionary<string, string>
                {
                    ["recipients"] = "alice@example.com", ["from"] = "costs@example.com", ["host"] = "localhost", ["port"] = Mail.Port.ToString(CultureInfo.InvariantCulture),
                    ["security"] = "STARTTLS", ["authentication"] = "Password", ["user"] = LetterBox.User,
                },
                SealedSecrets = new Dictionary<string, string> { ["password"] = box.Protect(Channel.SecretPurpose, LetterBox.Password) },
            });
        session.Store(new RoutingPolicy { CasesPerHour = 10_000, Rules = [new RoutingRule { Name = "all", Tell = ["slack", "mail"] }] });
        await session.SaveChangesAsync();
    }

    private Child Program(string name, string program, Dictionary<string, string> settings, params string[] arguments) =>
        new(name, ["dotnet", Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments], settings, Path.Combine(_folder, $"{name}.log"));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

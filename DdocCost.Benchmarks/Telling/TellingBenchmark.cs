using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using DdocCost.App;
using DdocCost.App.Ingest.Push;
using DdocCost.Benchmarks.Durable;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Storage;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DdocCost.Benchmarks.Telling;

/// <summary>
/// <c>told [EVENTS [PER_SECOND [RECORDS_PER_SECOND]]]</c>: from an event that is posted to the webhook source to the message that Slack's stand-in, and the
/// letter that a real SMTP server over TLS, have taken. The whole application; another tenant's trail comes in beside it; PostgreSQL waits for the disk.
/// </summary>
/// <remarks>
/// Each event is an incident in an account of its own, at random moments, told in one of ten conversations (Slack takes one message a second in each) and by
/// mail. The measure after which cases are told together (30 an hour) is lifted: a storm waits on purpose, which this is not about.
/// </remarks>
internal static class TellingBenchmark
{
    private const string Tenant = "default";
    private const int Conversations = 10;
    private const int WarmUp = 30;

    /// <summary>Runs and prints a table.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var events = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000;
        var perSecond = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var load = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1_000;
        var folder = Directory.CreateTempSubdirectory("ddoc-bench-told-").FullName;
        try
        {
            using var servers = await PrivateServers.StartAsync();
            await using var slack = await SlackServer.StartAsync();
            using var mail = await MailServer.StartAsync(folder);
            await using var app = Server.Build(
                [
                    "--urls=http://127.0.0.1:0", "--environment=Production", $"--ConnectionStrings:Postgres={await servers.NewDatabaseAsync("told")}", $"--ConnectionStrings:Redis={servers.Redis}",
                    $"--Data:Folder={folder}/data", "--Notify:AllowedInternal:0=127.0.0.1", "--Notify:AllowedInternal:1=localhost", "--Notify:PublicUrl=https://cost.example.com",
                    $"--Notify:Services:Slack={slack.Api}", $"--Notify:Services:MailAuthorities={mail.Authorities}",
                ],
                builder => builder.Logging.ClearProviders());
            await app.StartAsync();
            await MeasureAsync(app, slack, mail, folder, events, perSecond, load);
            await app.StopAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(WebApplication app, SlackServer slack, MailServer mail, string folder, int events, double perSecond, int load)
    {
        await PrepareAsync(app.Services, mail.Port);
        using var http = await SourceAsync(app);
        using var enough = new CancellationTokenSource();
        var noise = Task.Run(() => LoadAsync(app.Services, folder, load, enough.Token), CancellationToken.None);
        await SendAsync(http, 3_000_000, WarmUp, perSecond); // compiles what a server that runs for weeks has compiled long ago
        await ToldAsync(slack, mail, WarmUp);
        var sent = await SendAsync(http, 4_000_000, events, perSecond);
        await ToldAsync(slack, mail, WarmUp + events);
        await enough.CancelAsync();
        var records = await noise;
        await PrintAsync(app.Services, slack, mail, sent, records);
    }

    private static async Task PrepareAsync(IServiceProvider services, int mailPort)
    {
        var box = services.GetRequiredService<ISecretBox>();
        Dictionary<string, string> Sealed(string name, string secret) => new() { [name] = box.Protect(Channel.SecretPurpose, secret) };
        var mail = new Channel
        {
            Id = "mail", Name = "mail", Kind = ChannelKind.Email, SealedSecrets = Sealed("password", MailServer.Password),
            Settings = new Dictionary<string, string>
            {
                ["recipients"] = "alice@example.com", ["from"] = "costs@example.com", ["host"] = "localhost", ["port"] = mailPort.ToString(CultureInfo.InvariantCulture), ["security"] = "STARTTLS",
                ["authentication"] = "Password", ["user"] = MailServer.User,
            },
        };
        var slack = Enumerable.Range(0, Conversations).Select(i => new Channel
        {
            Id = $"slack-{i}", Name = $"slack-{i}", Kind = ChannelKind.Slack, SealedSecrets = Sealed("botToken", SlackServer.Token), Settings = new Dictionary<string, string> { ["conversation"] = $"C{i}" },
        }).ToList();
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession(Tenant);
        session.Store(slack.Append(mail));
        session.Store(new RoutingPolicy
        {
            CasesPerHour = 10_000,
            Rules = [.. slack.Select((channel, i) => new RoutingRule { Name = channel.Id, Accounts = [$"*{i}"], Tell = [channel.Id, mail.Id] })],
        });
        await session.SaveChangesAsync();
    }

    private static async Task<HttpClient> SourceAsync(WebApplication app)
    {
        var (_, token) = await app.Services.GetRequiredService<PushDesk>().CreateAsync(Tenant, "benchmark", new PushDraft("webhook", PushKind.Token, [], [], null), CancellationToken.None);
        var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static async Task ToldAsync(SlackServer slack, MailServer mail, int count)
    {
        for (var waited = Stopwatch.StartNew(); (slack.TakenAt.Count < count || mail.Count < count) && waited.Elapsed < TimeSpan.FromMinutes(3);)
        {
            await Task.Delay(50);
        }
    }

    /// <summary>Keeps the same pipeline busy with somebody else's trail.</summary>
    private static async Task<long> LoadAsync(IServiceProvider services, string folder, int perSecond, CancellationToken cancellationToken)
    {
        var records = 0L;
        var trail = Directory.CreateDirectory(Path.Combine(folder, "noise")).FullName;
        var clock = Stopwatch.StartNew();
        for (var seed = 1; !cancellationToken.IsCancellationRequested; seed++)
        {
            new TrailFiles(seed, 0.03).Write(trail, 1);
            while (records > clock.Elapsed.TotalSeconds * perSecond && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(10, CancellationToken.None);
            }

            var deliveries = Directory.GetFiles(trail).Select(file => new Delivery($"{seed}/{Path.GetFileName(file)}", DateTimeOffset.UtcNow, () => File.OpenRead(file)));
            records += (await services.GetRequiredService<Intake>().TakeAsync("noise", "noise", [.. deliveries], CancellationToken.None)).Records;
        }

        return records;
    }

    /// <summary>Posts incidents at random moments, so many a second on average.</summary>
    private static async Task<ConcurrentDictionary<string, DateTimeOffset>> SendAsync(HttpClient http, long firstAccount, int events, double perSecond)
    {
        var sent = new ConcurrentDictionary<string, DateTimeOffset>();
        var (clock, next, posts, dice) = (Stopwatch.StartNew(), TimeSpan.Zero, new List<Task>(), new Random(20261126));
        for (var i = 0; i < events; i++, next += TimeSpan.FromSeconds(-Math.Log(1 - dice.NextDouble()) / perSecond))
        {
            await Task.Delay(next > clock.Elapsed ? next - clock.Elapsed : TimeSpan.Zero);
            posts.Add(PostAsync(http, (((firstAccount + i) * 100_000) + dice.Next(Conversations)).ToString(CultureInfo.InvariantCulture), sent));
        }

        await Task.WhenAll(posts);
        return sent;
    }

    private static async Task PostAsync(HttpClient http, string account, ConcurrentDictionary<string, DateTimeOffset> sent)
    {
        using var content = new ByteArrayContent(Incident(account));
        sent[account] = DateTimeOffset.UtcNow;
        using var answer = await http.PostAsync("/ingest/v1/cloudtrail", content);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task PrintAsync(IServiceProvider services, SlackServer slack, MailServer mail, ConcurrentDictionary<string, DateTimeOffset> sent, long records)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var rows = await connection.QueryAsync(
            """
            select f.account_id, f.seen_at, f.scored_at, f.written_at, f.routed_at, m.claimed_at, m.id, m.channel_id = 'mail', m.attempts
            from notify.messages m join notify.facts f on f.seq = m.fact_seq where m.tenant_id = $1 and m.kind = 'case-opened'
            """,
            row => (Account: row.GetString(0), Times: (DateTimeOffset[])[.. Enumerable.Range(1, 5).Select(row.GetFieldValue<DateTimeOffset>)], Id: row.GetGuid(6), IsMail: row.GetBoolean(7), Attempts: row.GetInt32(8)),
            CancellationToken.None, Tenant);
        var letters = mail.TakenAt();
        rows = [.. rows.Where(row => sent.ContainsKey(row.Account))];
        var told = rows.Where(row => (row.IsMail ? letters.Keys : slack.TakenAt.Keys).Contains(row.Id))
            .Select(row => (row.IsMail, Times: (DateTimeOffset[])[sent[row.Account], .. row.Times, row.IsMail ? letters[row.Id] : slack.TakenAt[row.Id]])).ToList();
        Console.WriteLine($"{sent.Count} incidents: {told.Count(message => !message.IsMail)} messages in Slack, which asked for patience {slack.Limited} times, {told.Count(message => message.IsMail)} letters ({mail.Count - letters.Count} came twice); at most {rows.Max(row => row.Attempts)} attempts");
        Console.WriteLine($"beside it {records:N0} records of another tenant were taken in");
        Console.WriteLine();
        Console.WriteLine("| hop | p50 ms | p95 ms | p99 ms | max ms |");
        Console.WriteLine("| --- | -----: | -----: | -----: | -----: |");
        string[] hops = ["posted → durable at the intake", "→ priced and scored", "→ stored with case and notice", "→ routed", "→ claimed", "→ taken by Slack or mail server"];
        for (var hop = 0; hop < hops.Length; hop++)
        {
            Console.WriteLine(Row(hops[hop], told.Select(message => message.Times[hop + 1] - message.Times[hop])));
        }

        Console.WriteLine(Row("**posted → taken by Slack**", told.Where(message => !message.IsMail).Select(message => message.Times[^1] - message.Times[0])));
        Console.WriteLine(Row("**posted → taken by the mail server**", told.Where(message => message.IsMail).Select(message => message.Times[^1] - message.Times[0])));
    }

    private static string Row(string name, IEnumerable<TimeSpan> spans)
    {
        double[] sorted = [.. spans.Select(span => span.TotalMilliseconds).Order()];
        double At(double share) => sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(sorted.Length * share) - 1)];
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {At(0.5):N0} | {At(0.95):N0} | {At(0.99):N0} | {sorted[^1]:N0} |");
    }

    /// <summary>An event as EventBridge hands it on.</summary>
    private static byte[] Incident(string account)
    {
        var instances = string.Join(',', Enumerable.Range(1, 16).Select(i => $$"""{"instanceId":"i-{{i:x17}}","instanceType":"p4d.24xlarge"}"""));
        var (id, time) = (Guid.NewGuid(), DateTimeOffset.UtcNow.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        return Encoding.UTF8.GetBytes(
            $$$"""
            {"version":"0","id":"{{{id}}}","detail-type":"AWS API Call via CloudTrail","source":"aws.ec2","account":"{{{account}}}","time":"{{{time}}}","region":"eu-west-1","resources":[],
            "detail":{"eventVersion":"1.10","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::{{{account}}}:user/mallory","accountId":"{{{account}}}","userName":"mallory"},
            "eventTime":"{{{time}}}","eventSource":"ec2.amazonaws.com","eventName":"RunInstances",
            "awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli","requestParameters":{"instanceType":"p4d.24xlarge","instancesSet":{"items":[{"minCount":16,"maxCount":16}]}},
            "responseElements":{"instancesSet":{"items":[{{{instances}}}]}},"eventID":"{{{id}}}","eventType":"AwsApiCall","recipientAccountId":"{{{account}}}"}}
            """);
    }
}

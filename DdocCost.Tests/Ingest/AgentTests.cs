using System.Net;
using DdocCost.App;
using DdocCost.App.Ingest.Agents;
using DdocCost.Domain;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Storage;
using DdocCost.Protos.Agent.V1;
using DdocCost.Tests.Support;
using Google.Protobuf;
using Grpc.Core;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Ingest;

/// <summary>Agents as real processes against the real application.</summary>
public sealed class AgentTests(AgentHost host, PostgresServer postgres, RedisServer redis, ITestOutputHelper output) : IClassFixture<AgentHost>, IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Forwards_what_may_cost_and_leaves_out_noise_and_tells_how_it_does()
    {
        var (announced, token) = await host.AnnounceAsync();
        using var agent = host.Start(token, _folder);
        await ConnectedAsync(announced, agent);
        AgentHost.Write(_folder, 1, RunInstance(1), DescribeInstances(2), RunInstance(3));
        AgentHost.Write(_folder, 2, DescribeInstances(4));
        File.WriteAllText(Path.Combine(_folder["trail"], "odd.json"), "not a log file");

        await Eventually.TrueAsync(async () => await host.TallyAsync(announced) is { Records: 2, Rejected: 1 }, "two records and one reject");
        Assert.Equal(1, Assert.Single(await host.QuarantineAsync(announced.TenantId)).Rejected.Reason.Split("not CloudTrail").Length - 1);
        await Eventually.TrueAsync(async () => await host.ReportAsync(announced) is { Dropped: 2, Sources: [{ Items: 3, Error: "" }], SpoolLimitBytes: > 0 }, "a report of its health");
        Assert.DoesNotContain("dda_", agent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_what_a_changed_filter_asks_for()
    {
        var (announced, token) = await host.AnnounceAsync();
        using var agent = host.Start(token, _folder);
        await ConnectedAsync(announced, agent);
        AgentHost.Write(_folder, 1, DescribeInstances(1));
        await Eventually.TrueAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(_folder["agent"], "positions")).Any(f => new FileInfo(f).Length > 0)), "the file read");
        Assert.Null(await host.TallyAsync(announced));

        host.Configure("Ingest:AlsoForward:0", "ec2/DescribeInstances");
        try
        {
            await Eventually.TrueAsync(() => Task.FromResult(agent.Output.Split("filter ").Length > 2), "the changed filter");
            AgentHost.Write(_folder, 2, DescribeInstances(2));
            await Eventually.TrueAsync(async () => await host.TallyAsync(announced) is { Records: 1 }, "a record that was noise before");
        }
        finally
        {
            host.Configure("Ingest:AlsoForward:0", "ec2/RunInstances");
        }
    }

    [Fact]
    public async Task Sets_records_of_accounts_aside_that_it_may_not_speak_for()
    {
        var (announced, token) = await host.AnnounceAsync("111122223333");
        using var agent = host.Start(token, _folder);
        await ConnectedAsync(announced, agent);

        AgentHost.Write(_folder, 1, RunInstance(1), RunInstance(2, "999999999999"));

        await Eventually.TrueAsync(async () => await host.TallyAsync(announced) is { Records: 1, Rejected: 1 }, "one record and one reject");
        Assert.Contains("999999999999", Assert.Single(await host.QuarantineAsync(announced.TenantId)).Rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enrols_once_with_a_token_that_is_right_and_in_time()
    {
        var client = host.Client();
        var desk = host.Get<AgentDesk>();
        var (agent, token) = await host.AnnounceAsync();
        async Task<string> RefusalAsync(string with) =>
            (await Assert.ThrowsAsync<RpcException>(async () => await client.EnrolAsync(new EnrolRequest { Token = with, HostName = "h" }, cancellationToken: Stop))).Status.Detail;

        Assert.Contains("not known", await RefusalAsync(token[..^1] + (token[^1] == '0' ? '1' : '0')), StringComparison.Ordinal);
        Assert.Contains("not known", await RefusalAsync(""), StringComparison.Ordinal);
        var lost = await client.EnrolAsync(new EnrolRequest { Token = token, HostName = "h" }, cancellationToken: Stop);
        var credential = await client.EnrolAsync(new EnrolRequest { Token = token, HostName = "h" }, cancellationToken: Stop); // the answer did not arrive
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(client, lost.Secret));
        Assert.Null((await desk.IdentifyAsync(credential.Secret, Stop)).Refusal);
        Assert.Contains("was used", await RefusalAsync(token), StringComparison.Ordinal);
        Assert.Null(await desk.NewTokenAsync("another", agent.Id, "admin", Stop));

        var again = await desk.NewTokenAsync(agent.TenantId, agent.Id, "admin", Stop);
        await StoreAsync(agent.Id, stored => stored.TokenExpiresAt = DateTimeOffset.UtcNow.AddSeconds(-1));
        Assert.Contains("expired", await RefusalAsync(again!), StringComparison.Ordinal);

        var renewed = await client.RenewAsync(new RenewRequest(), Bearer(credential.Secret), cancellationToken: Stop);
        Assert.NotEqual(credential.Secret, renewed.Secret);
        Assert.NotNull((await desk.IdentifyAsync(credential.Secret, Stop)).Agent); // the old one for a day
        Assert.Null((await desk.IdentifyAsync(renewed.Secret, Stop)).Refusal);
        await StoreAsync(agent.Id, stored => stored.Credentials = [.. stored.Credentials.Select(kept => kept with { ExpiresAt = DateTimeOffset.UtcNow })]);
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(client, renewed.Secret));
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(client, "dda_x"));
    }

    [Fact]
    public async Task Lets_go_of_an_agent_that_is_revoked_while_it_is_connected()
    {
        var (announced, token) = await host.AnnounceAsync();
        using var agent = host.Start(token, _folder);
        await ConnectedAsync(announced, agent);

        await host.Get<AgentDesk>().RevokeAsync(announced.TenantId, announced.Id, revoke: true, "admin", Stop);

        await Eventually.TrueAsync(() => Task.FromResult(agent.Output.Contains("PermissionDenied", StringComparison.Ordinal)), "the agent let go");
        AgentHost.Write(_folder, 1, RunInstance(1));
        await host.Get<AgentDesk>().RevokeAsync(announced.TenantId, announced.Id, revoke: false, "admin", Stop);
        await Eventually.TrueAsync(async () => await host.TallyAsync(announced) is { Records: 1 }, "what waited, once it is let in again");
    }

    [Fact]
    public async Task Batches_sent_again_count_once_also_from_another_spool()
    {
        var client = host.Client();
        var (agent, token) = await host.AnnounceAsync();
        var credential = await client.EnrolAsync(new EnrolRequest { Token = token, HostName = "h" }, cancellationToken: Stop);

        Assert.Equal([(0UL, 2UL)], [await ForwardAsync(client, credential.Secret, "one", [Batch(1, 1), Batch(2, 2)])]);
        Assert.Equal([(2UL, 3UL)], [await ForwardAsync(client, credential.Secret, "one", [Batch(1, 1), Batch(2, 2), Batch(3, 3)])]);
        Assert.Equal([(0UL, 4UL)], [await ForwardAsync(client, credential.Secret, "two", [Batch(1, 3), Batch(4, 4)])]);

        Assert.Equal(4, (await host.TallyAsync(agent))!.Records);
    }

    [Fact]
    public async Task No_stream_makes_the_mouth_fail()
    {
        var client = host.Client();
        var (agent, token) = await host.AnnounceAsync();
        var credential = (await client.EnrolAsync(new EnrolRequest { Token = token, HostName = "h" }, cancellationToken: Stop)).Secret;
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            using var call = client.Forward(Bearer(credential), cancellationToken: Stop);
            try
            {
                for (var n = random.Next(4); n >= 0; n--)
                {
                    var junk = new byte[random.Next(200)];
                    random.NextBytes(junk);
                    await call.RequestStream.WriteAsync(random.Next(4) switch
                    {
                        0 => new Upstream(),
                        1 => new Upstream { Hello = new Hello { SpoolId = random.Next(3) == 0 ? "" : "s", AgentVersion = new string('x', 5000) } },
                        2 => new Upstream { Batch = new Batch { Sequence = (ulong)random.NextInt64(), Name = new string('n', random.Next(3000)), Content = ByteString.CopyFrom(junk), ReadUnixMilliseconds = random.NextInt64(long.MinValue, long.MaxValue) } },
                        _ => new Upstream { Health = new Health { OldestUnixMilliseconds = long.MaxValue, SpoolBytes = ulong.MaxValue, Sources = { new SourceHealth { LagMilliseconds = long.MinValue } } } },
                    }, Stop);
                }

                await call.RequestStream.CompleteAsync();
                while (await call.ResponseStream.MoveNext(Stop))
                {
                }
            }
            catch (RpcException refused)
            {
                Assert.True(refused.StatusCode is not StatusCode.Unknown, refused.Status.Detail); // Unknown is an exception of ours
            }
        }

        Assert.Equal((0UL, 1UL), await ForwardAsync(client, credential, "after", [Batch(1, 1)]));
        Assert.Equal(1, (await host.TallyAsync(agent))!.Records);
    }

    [Fact]
    public async Task A_call_that_is_no_message_is_told_as_the_callers_mistake()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Address}/ddoc.cost.agent.v1.AgentIntake/Enrol")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent([0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF]), // a tag without end
        };
        request.Content.Headers.ContentType = new("application/grpc");

        using var answer = await http.SendAsync(request, Stop);

        Assert.Equal([$"{(int)StatusCode.InvalidArgument}"], answer.Headers.GetValues("grpc-status"));
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_or_out_of_order_however_often_either_is_killed()
    {
        const int files = 60;
        var (database, port, agents) = (await postgres.NewDatabaseAsync(), ServerProcess.FreePort(), ServerProcess.FreePort());
        Dictionary<string, string> settings = new()
        {
            ["ConnectionStrings:Postgres"] = database, ["ConnectionStrings:Redis"] = await redis.AddressAsync(), ["Data:Folder"] = _folder["data"],
            ["urls"] = $"http://127.0.0.1:{port}", ["Ingest:AgentUrl"] = $"http://127.0.0.1:{agents}", ["Jobs:InProcess"] = "false", ["Jobs:MigrateAtStart"] = "false",
        };
        AppProcess App() => AppProcess.Start("DdocCost.App", settings);
        await using var services = new ServiceCollection().AddDomain(database).AddAppStorage().BuildServiceProvider();
        await services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, Stop);
        var (announced, token) = await new AgentDesk(services.GetRequiredService<IDocumentStore>(), TimeProvider.System).CreateAsync("acme", "admin", "An agent", [], Stop);
        AppProcess Agent() => AgentHost.Agent($"http://127.0.0.1:{agents}", token, _folder);

        var random = new Random(Environment.TickCount);
        // The agent begins while there is no application, and spools.
        var agent = Agent();
        var written = Enumerable.Range(0, 10).Select(n => AgentHost.Write(_folder, n, RunInstance(n), DescribeInstances(n + 1000))).ToList();
        var app = App();
        var data = services.GetRequiredService<NpgsqlDataSource>();
        foreach (var killsApp in new[] { false, true, false, true, false })
        {
            var goal = (await AgentHost.PointersAsync(data, "acme")).Count;
            written.AddRange(Enumerable.Range(written.Count, 10).Select(n => AgentHost.Write(_folder, n, RunInstance(n), DescribeInstances(n + 1000))));
            await Eventually.TrueAsync(async () => (await AgentHost.PointersAsync(data, "acme")).Count > goal, $"something to arrive\n{agent.Output}\n{app.Output}");
            await Task.Delay(random.Next(60), Stop);
            await (killsApp ? app : agent).KillAsync();
            (killsApp ? app : agent).Dispose();
            (app, agent) = killsApp ? (App(), agent) : (app, Agent());
        }

        await Eventually.TrueAsync(async () => (await AgentHost.PointersAsync(data, "acme")).Count >= files, "all files");
        var pointers = await AgentHost.PointersAsync(data, "acme");
        output.WriteLine(agent.Output);
        Assert.Equal(written, pointers.Select(pointer => pointer.Name));
        Assert.Equal(Enumerable.Range(1, files).Select(n => (long)n), pointers.Select(pointer => pointer.Sequence));
        Assert.NotNull(announced);
        app.Dispose();
        agent.Dispose();
    }

    [Fact]
    public async Task Waits_with_a_full_spool_until_the_application_is_back()
    {
        var (announced, token) = await host.AnnounceAsync();
        await EnrolAsync(announced, token);

        // Nobody is there, and the spool takes about three of eight files.
        WriteLarge(8);
        using (var alone = AgentHost.Agent("http://127.0.0.1:9", token, _folder, "--spool-limit=1M"))
        {
            await Eventually.TrueAsync(
                () => Task.FromResult(new DirectoryInfo(Path.Combine(_folder["agent"], "spool")).EnumerateFiles("*.spool").Sum(file => file.Length) is > 300_000 and <= 1 << 20), "a full spool");
            await Task.Delay(300, Stop);
            Assert.True(new DirectoryInfo(Path.Combine(_folder["agent"], "spool")).EnumerateFiles().Sum(file => file.Length) <= 1 << 20);
            await alone.KillAsync();
        }

        using var back = host.Start(token, _folder, "--spool-limit=1M");
        await Eventually.TrueAsync(async () => (await host.PointersAsync(announced.TenantId)).Count(p => p.AccountId == "111122223333") == 8, "all eight files");
    }

    [Fact]
    public async Task Loses_nothing_when_its_disk_is_full_and_it_is_killed_then()
    {
        await using var disk = await SmallDisk.MountAsync(_folder["agent"], megabytes: 2);
        var (announced, token) = await host.AnnounceAsync();
        await EnrolAsync(announced, token);
        WriteLarge(8);
        using (var alone = AgentHost.Agent("http://127.0.0.1:9", token, _folder))
        {
            await Eventually.TrueAsync(() => Task.FromResult(alone.Output.Contains("the spool cannot be written: No space left", StringComparison.Ordinal)), "a full disk");
            await alone.KillAsync();
        }

        using var back = host.Start(token, _folder);

        await Eventually.TrueAsync(async () => (await host.PointersAsync(announced.TenantId)).Count(p => p.AccountId == "111122223333") == 8, "all eight files");
    }

    [Fact]
    public async Task What_waits_is_sent_with_a_new_token_when_its_credential_has_ended_meanwhile()
    {
        var (announced, token) = await host.AnnounceAsync();
        await EnrolAsync(announced, token);
        AgentHost.Write(_folder, 1, RunInstance(1));
        await StoreAsync(announced.Id, stored => stored.Credentials = [.. stored.Credentials.Select(kept => kept with { ExpiresAt = DateTimeOffset.UtcNow.AddDays(-1) })]);
        using (var late = host.Start(token, _folder))
        {
            await Eventually.TrueAsync(() => Task.FromResult(late.Output.Contains("this credential expired", StringComparison.Ordinal)), "a refusal");
            await late.KillAsync();
        }

        using var again = host.Start((await host.Get<AgentDesk>().NewTokenAsync(announced.TenantId, announced.Id, "admin", Stop))!, _folder);

        await Eventually.TrueAsync(async () => await host.TallyAsync(announced) is { Records: 1 }, "what waited");
    }

    [Fact]
    public async Task Keeps_what_the_application_cannot_archive_and_sends_it_until_it_can()
    {
        var (announced, token) = await host.AnnounceAsync();
        using var agent = host.Start(token, _folder);
        await ConnectedAsync(announced, agent);
        using (new AwayFolder(host.Get<IArchiveInventory>().Place))
        {
            AgentHost.Write(_folder, 1, RunInstance(1));
            AgentHost.Write(_folder, 2, RunInstance(2));
            await Eventually.TrueAsync(() => Task.FromResult(agent.Output.Contains("cannot be stored at the moment", StringComparison.Ordinal)), "a refusal");
            Assert.Empty(await host.PointersAsync(announced.TenantId));
        }

        await Eventually.TrueAsync(async () => await host.TallyAsync(announced) is { Records: 2, Rejected: 0 }, "both files");
        Assert.Equal([1L, 2], (await host.PointersAsync(announced.TenantId)).Select(pointer => pointer.Sequence));
    }

    /// <summary>Files that take 300 KB each on the disk.</summary>
    private void WriteLarge(int count)
    {
        var noise = new byte[300_000];
        new Random(1).NextBytes(noise);
        foreach (var n in Enumerable.Range(0, count))
        {
            AgentHost.Write(_folder, n, RunInstance(n), $$"""{"eventSource":"ec2.amazonaws.com","eventName":"RunInstances","x":"{{n}}{{Convert.ToBase64String(noise)}}"}""");
        }
    }

    private static Batch Batch(ulong sequence, int number) => new()
    {
        Sequence = sequence, Name = $"{number}.json.gz", ReadUnixMilliseconds = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Content = ByteString.CopyFrom(Gzipped(Log(RunInstance(number)))),
    };

    private static Metadata Bearer(string secret) => new() { { "authorization", $"Bearer {secret}" } };

    private static async Task<(ulong Welcome, ulong Acknowledged)> ForwardAsync(AgentIntake.AgentIntakeClient client, string credential, string spool, Batch[] batches)
    {
        using var call = client.Forward(Bearer(credential), cancellationToken: Stop);
        await call.RequestStream.WriteAsync(new Upstream { Hello = new Hello { SpoolId = spool } }, Stop);
        foreach (var batch in batches)
        {
            await call.RequestStream.WriteAsync(new Upstream { Batch = batch }, Stop);
        }

        ulong welcome = 0, acknowledged = 0;
        while (acknowledged < batches[^1].Sequence && await call.ResponseStream.MoveNext(Stop))
        {
            welcome = call.ResponseStream.Current.Welcome?.AcknowledgedSequence ?? welcome;
            acknowledged = call.ResponseStream.Current.Acknowledge?.Sequence ?? acknowledged;
        }

        await call.RequestStream.CompleteAsync();
        while (await call.ResponseStream.MoveNext(Stop))
        {
        }

        return (welcome, acknowledged);
    }

    private static async Task<StatusCode> StatusOfAsync(AgentIntake.AgentIntakeClient client, string credential)
    {
        using var call = client.Forward(Bearer(credential), cancellationToken: Stop);
        return (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Stop))).StatusCode;
    }

    private async Task StoreAsync(string id, Action<EnrolledAgent> change)
    {
        await using var session = host.Get<IDocumentStore>().LightweightSession();
        var agent = (await session.LoadAsync<EnrolledAgent>(id, Stop))!;
        change(agent);
        session.Store(agent);
        await session.SaveChangesAsync(Stop);
    }

    private async Task EnrolAsync(EnrolledAgent announced, string token)
    {
        using var enrolling = host.Start(token, _folder);
        await ConnectedAsync(announced, enrolling);
        await enrolling.KillAsync();
    }

    private async Task ConnectedAsync(EnrolledAgent announced, AppProcess agent) => await Eventually.TrueAsync(
        async () => agent.HasExited ? throw new InvalidOperationException(agent.Output) : agent.Output.Contains("filter ", StringComparison.Ordinal) && await host.ReportAsync(announced) is not null,
        "the agent connected");
}

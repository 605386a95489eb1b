using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Secrets;
using DdocCost.Tests.Support;
using Marten;
using static DdocCost.Tests.Notify.Deliveries;

namespace DdocCost.Tests.Notify;

/// <summary>The job server as a process, killed as nothing can prepare for while it sends.</summary>
public sealed class KilledDispatcherTests(PostgresServer postgres, RedisServer redis)
{
    private const int Cases = 60;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_has_two_keys()
    {
        using var folder = new TempFolder();
        await using var standIn = await StandIn.StartAsync();
        standIn.Delay = _ => TimeSpan.FromMilliseconds(100);
        var database = await postgres.NewDatabaseAsync();
        var server = Start(database, await redis.AddressAsync(), folder["data"]);
        try
        {
            await using var here = new Deliveries(database, await redis.AddressAsync(), services => services.AddSecrets());
            await PrepareAsync(here, standIn);
            await here.TellAsync([.. Enumerable.Range(0, Cases).Select(i => Opened($"c{i}"))]);
            for (var kill = 1; kill <= 3; kill++)
            {
                var enough = kill * Cases / 2;
                await Eventually.TrueAsync(() => Task.FromResult(standIn.Accepted.Count >= enough || server.HasExited), $"{enough} messages");
                Assert.False(server.HasExited, server.Output);
                await server.KillAsync();
                server.Dispose();
                server = Start(database, await redis.AddressAsync(), folder["data"]);
            }

            await here.SettledAsync("one", Cases);
            await here.SettledAsync("two", Cases);
        }
        finally
        {
            server.Dispose();
        }

        Assert.Equal((Cases, Cases), (standIn.On("one").Count, standIn.On("two").Count)); // by key: as a receiver that knows keys counts
        Assert.InRange(standIn.Accepted.Count, Cases * 2, Cases * 4); // what was in hand at each kill came again, and what a slow machine let run out of time
    }

    private static async Task PrepareAsync(Deliveries here, StandIn standIn)
    {
        var box = here.Get<ISecretBox>();
        await using var session = here.Get<IDocumentStore>().LightweightSession(Tenant);
        session.Store(new RoutingPolicy { CasesPerHour = 10_000 });
        session.Store(((string[])["one", "two"]).Select(name => new Channel
        {
            Id = name, Name = name, Kind = ChannelKind.Webhook, Heartbeat = false, Settings = new Dictionary<string, string> { ["url"] = $"{standIn.Url}/{name}" },
            SealedSecrets = new Dictionary<string, string> { ["secret"] = box.Protect(Channel.SecretPurpose, "0123456789abcdef0123456789abcdef") },
        }));
        await session.SaveChangesAsync(Stop);
    }

    private static AppProcess Start(string database, string redis, string data) => AppProcess.Start("DdocCost.Jobs", new Dictionary<string, string>
    {
        ["ConnectionStrings:Postgres"] = database,
        ["ConnectionStrings:Redis"] = $"{redis},defaultDatabase=9",
        ["Data:Folder"] = data,
        ["Jobs:Queues:0"] = "notify",
        ["Notify:AllowedInternal:0"] = "127.0.0.1",
        ["Notify:Lease"] = "00:00:08",
        ["Notify:AttemptTimeout"] = "00:00:06",
    });
}

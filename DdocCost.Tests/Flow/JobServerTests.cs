using System.Threading.Channels;
using DdocCost.Jobs.Live;
using DdocCost.Tests.Support;
using StackExchange.Redis;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Flow;

/// <summary>The job server as a process of its own: a file that appears in a watched folder is heard of over Redis.</summary>
public sealed class JobServerTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_in_a_watched_folder_is_scored_and_told_of()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["trail"]);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(await redis.AddressAsync());
        var heard = await ListenAsync(connection);
        using var server = AppProcess.Start("DdocCost.Jobs", new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = await postgres.NewEmptyDatabaseAsync(), // it migrates by itself
            ["ConnectionStrings:Redis"] = await redis.AddressAsync(),
            ["Data:Folder"] = folder["data"],
            ["Sources:Folders:0:Tenant"] = "watched",
            ["Sources:Folders:0:Path"] = folder["trail"],
        });

        await File.WriteAllBytesAsync(folder["trail/a.json"], Log(RunInstance(1)), Stop);

        await Eventually.TrueAsync(() => Task.FromResult(heard.Count > 0 || server.HasExited), "a live update");
        Assert.True(heard.TryRead(out var update), server.Output);
        Assert.Equal(("watched", "111122223333", 1), (update.TenantId, update.AccountId, update.CostEvents));
        Assert.True(update.ExposureUsdPerHour > 0);
        Assert.False(server.HasExited, server.Output);
    }

    [Fact]
    public async Task Without_Redis_an_import_works_all_the_same()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["trail"]);
        await File.WriteAllBytesAsync(folder["trail/a.json"], Log(RunInstance(1), RunInstance(2)), Stop);
        using var import = AppProcess.Start("DdocCost.App", new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = await postgres.NewEmptyDatabaseAsync(),
            ["ConnectionStrings:Redis"] = $"127.0.0.1:{ServerProcess.FreePort()}",
            ["Data:Folder"] = folder["data"],
        }, "import", folder["trail"], "--tenant", "acme", "--json");

        Assert.True(await import.ExitAsync(Stop) == 0, import.Output);
        Assert.Contains("\"costBearing\":2", import.Output, StringComparison.Ordinal);
    }

    private static async Task<ChannelReader<LiveUpdate>> ListenAsync(ConnectionMultiplexer connection)
    {
        var updates = Channel.CreateUnbounded<LiveUpdate>();
        await connection.GetSubscriber().SubscribeAsync(
            RedisChannel.Literal(LiveUpdate.ChannelOf("watched")), (_, message) => updates.Writer.TryWrite(LiveUpdate.Parse((byte[])message!)));
        return updates.Reader;
    }
}

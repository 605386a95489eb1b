using DdocCost.Benchmarks.Faults;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Flow;

/// <summary>The whole product as real processes under random faults; <c>DdocCost.Benchmarks faults 30</c> does the same for longer.</summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private static readonly string[] Kinds =
    [
        "app", "jobs-1", "jobs-2", "agent", "redis", "postgres", "postgres-stop", "line-cut", "line-silent", "connections", "few-connections",
        "freeze-postgres", "freeze-redis", "freeze-jobs-1", "freeze-app", "clock", "slow-disk",
    ];

    [Fact]
    public async Task Killed_and_cut_off_at_random_it_ends_with_the_events_cases_and_messages_of_a_run_that_was_left_alone()
    {
        const int seed = 20261126; // the same each time: chance has enough to say in when each fault falls

        var result = await new FaultRun(seed, TimeSpan.FromSeconds(12), output.WriteLine).RunAsync(days: 1, new FaultPace(Longest: TimeSpan.FromSeconds(1), Between: TimeSpan.FromSeconds(1), Kinds));

        Assert.Equal([], result.Differences.Take(5));
        Assert.Equal(0, result.Faulty.Lost);
        Assert.True(result.Faulty.Count("cost_events") > 200 && result.Faulty.Count("anomaly_cases") > 3 && result.Faulty.Count("told") > 6, result.Faulty.ToString());
        Assert.NotEmpty(result.Faults);
    }

    [Fact]
    public async Task A_cut_line_lets_nothing_through_and_one_that_is_back_does()
    {
        var port = ServerProcess.FreePort();
        using var server = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        server.Start();
        await using var line = new CutLine(port);
        line.Start();

        Assert.Equal("hello", await SayAsync(server, line.Port));
        line.Become(LineState.Cut);
        await Assert.ThrowsAnyAsync<Exception>(() => SayAsync(server, line.Port));
        line.Become(LineState.Silent);
        await Assert.ThrowsAnyAsync<Exception>(() => SayAsync(server, line.Port));
        line.Become(LineState.Up);
        Assert.Equal("hello", await SayAsync(server, line.Port));
    }

    private static async Task<string> SayAsync(System.Net.Sockets.TcpListener server, int port)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(3));
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(System.Net.IPAddress.Loopback, port, limit.Token);
        var accepted = server.AcceptTcpClientAsync(limit.Token);
        await client.GetStream().WriteAsync("hello"u8.ToArray(), limit.Token);
        using var far = await accepted;
        var buffer = new byte[5];
        await far.GetStream().ReadExactlyAsync(buffer, limit.Token);
        return System.Text.Encoding.ASCII.GetString(buffer);
    }
}

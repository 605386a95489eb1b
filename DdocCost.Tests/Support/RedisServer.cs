using DdocCost.Tests.Support;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(RedisServer))]

namespace DdocCost.Tests.Support;

/// <summary>A Redis of the test run's own, started on first use.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly Lazy<Task<(ServerProcess Process, string Address)>> _running = new(StartAsync);

    /// <summary>Its address, in StackExchange.Redis' form.</summary>
    public async Task<string> AddressAsync() => (await _running.Value).Address;

    public async ValueTask DisposeAsync()
    {
        if (_running.IsValueCreated)
        {
            (await _running.Value).Process.Dispose();
        }
    }

    private static async Task<(ServerProcess Process, string Address)> StartAsync()
    {
        var port = ServerProcess.FreePort();
        var process = new ServerProcess("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        var address = $"127.0.0.1:{port}";
        await process.UntilAsync(async () =>
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(address);
            await connection.GetDatabase().PingAsync();
        });
        return (process, address);
    }
}

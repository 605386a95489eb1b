using DdocCost.Domain;
using DdocCost.Domain.Governance;
using DdocCost.Jobs.Governance;
using DdocCost.Jobs.Live;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace DdocCost.Tests.Jobs;

/// <summary>Panic switch, breakers and flags, as two processes share them.</summary>
public sealed class GovernanceTests(PostgresServer postgres, RedisServer redis)
{
    private static readonly FeatureFlag Flag = new("test.flag", "Tries flags.", "tests", new DateOnly(2027, 1, 1), FlagMode.Observe);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_breaker_opens_for_all_processes_and_lets_one_try()
    {
        var name = $"channel:{Guid.NewGuid():N}";
        await using var one = await ProcessAsync();
        await using var other = await ProcessAsync();
        var (mine, yours) = (one.GetRequiredService<ICircuitBreakers>(), other.GetRequiredService<ICircuitBreakers>());

        for (var i = 1; i < BreakerRules.Threshold; i++)
        {
            Assert.False(await mine.FailedAsync(name, "503", Stop));
        }

        Assert.Null(await yours.OpenUntilAsync(name, Stop));
        Assert.True(await yours.FailedAsync(name, "503 again", Stop));
        Assert.Equal(_clock.GetUtcNow() + BreakerRules.First, await mine.OpenUntilAsync(name, Stop));
        Assert.Equal("503 again", Assert.Single(await mine.ListAsync(Stop), state => state.Name == name).Reason);

        _clock.Advance(BreakerRules.First);
        Assert.Null(await yours.OpenUntilAsync(name, Stop));
        Assert.NotNull(await mine.OpenUntilAsync(name, Stop));

        await yours.SucceededAsync(name, Stop);
        Assert.Null(await mine.OpenUntilAsync(name, Stop));
        Assert.DoesNotContain(await mine.ListAsync(Stop), state => state.Name == name);
    }

    [Fact]
    public async Task Without_Redis_a_process_counts_for_itself()
    {
        await using var process = await ProcessAsync($"127.0.0.1:{ServerProcess.FreePort()}");
        var breakers = process.GetRequiredService<ICircuitBreakers>();
        for (var i = 0; i < BreakerRules.Threshold; i++)
        {
            await breakers.FailedAsync("channel:x", "no answer", Stop);
        }

        Assert.NotNull(await breakers.OpenUntilAsync("channel:x", Stop));
        Assert.Single(await breakers.ListAsync(Stop));
        await breakers.ResetAsync("channel:x", Stop);
        Assert.Null(await breakers.OpenUntilAsync("channel:x", Stop));
    }

    [Fact]
    public async Task Panic_is_known_to_others_at_once_and_survives_Redis()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var one = await ProcessAsync(database: database);
        await using var other = await ProcessAsync(database: database);
        await using var cutOff = await ProcessAsync($"127.0.0.1:{ServerProcess.FreePort()}", database);
        var (mine, yours) = (one.GetRequiredService<IPanicSwitch>(), other.GetRequiredService<IPanicSwitch>());
        Assert.False((await yours.ReadAsync(Stop)).IsOn);

        await mine.EngageAsync("Slack floods us", "alice", Stop);
        await mine.EngageAsync("a second reason", "bob", Stop);

        await Eventually.TrueAsync(async () => (await yours.ReadAsync(Stop)).IsOn, "that others know"); // its clock stands, so it does not ask the database
        var state = await yours.ReadAsync(Stop);
        Assert.Equal((true, "Slack floods us", "alice"), (state.IsOn, state.Reason, state.By));
        Assert.True((await cutOff.GetRequiredService<IPanicSwitch>().ReadAsync(Stop)).IsOn);

        await mine.ReleaseAsync("bob", Stop);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await yours.ReadAsync(Stop)).IsOn);
        Assert.Equal("bob", (await yours.ReadAsync(Stop)).By);
    }

    [Fact]
    public async Task Panic_can_be_set_in_Redis_by_hand()
    {
        await using var process = await ProcessAsync();
        var keys = process.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        await keys.StringSetAsync(PanicSwitch.Key, "stop it");
        try
        {
            var state = await process.GetRequiredService<IPanicSwitch>().ReadAsync(Stop);

            Assert.Equal((true, "stop it"), (state.IsOn, state.Reason));
        }
        finally
        {
            await keys.KeyDeleteAsync(PanicSwitch.Key);
        }
    }

    [Fact]
    public async Task A_flag_keeps_its_default_until_somebody_sets_it()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var one = await ProcessAsync(database: database);
        await using var other = await ProcessAsync(database: database);
        var (mine, yours) = (one.GetRequiredService<IFeatureFlags>(), other.GetRequiredService<IFeatureFlags>());
        Assert.Equal(FlagMode.Observe, await yours.ModeOfAsync(Flag, Stop));

        await mine.SetAsync(Flag, FlagMode.Act, "alice", Stop);

        Assert.Equal(FlagMode.Act, await mine.ModeOfAsync(Flag, Stop));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(FlagMode.Act, await yours.ModeOfAsync(Flag, Stop));
        Assert.Equal((Flag, FlagMode.Act), Assert.Single(await yours.ListAsync(Stop), pair => pair.Flag == Flag));
    }

    [Fact]
    public async Task A_flag_can_be_set_in_Redis_by_hand_until_somebody_sets_it_on_the_page()
    {
        await using var process = await ProcessAsync();
        var (flags, keys) = (process.GetRequiredService<IFeatureFlags>(), process.GetRequiredService<IConnectionMultiplexer>().GetDatabase());
        await flags.SetAsync(Flag, FlagMode.Act, "alice", Stop);
        await keys.HashSetAsync(FeatureFlags.Key, Flag.Name, "off");
        try
        {
            Assert.Equal(FlagMode.Off, await flags.ModeOfAsync(Flag, Stop));

            await flags.SetAsync(Flag, FlagMode.Act, "alice", Stop);

            Assert.Equal(FlagMode.Act, await flags.ModeOfAsync(Flag, Stop));
            Assert.Equal("Act by alice", (string?)await keys.HashGetAsync(FeatureFlags.Key, Flag.Name));
        }
        finally
        {
            await keys.HashDeleteAsync(FeatureFlags.Key, Flag.Name);
        }
    }

    [Fact]
    public async Task Redis_lost_for_an_hour_leaves_governance_as_it_was_last_known_and_says_so()
    {
        var port = ServerProcess.FreePort();
        var server = await StartRedisAsync(port);
        await using var process = await ProcessAsync($"127.0.0.1:{port}");
        var (panic, flags, breakers, link) = (process.GetRequiredService<IPanicSwitch>(), process.GetRequiredService<IFeatureFlags>(), process.GetRequiredService<ICircuitBreakers>(), process.GetRequiredService<IGovernanceLink>());
        var keys = process.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        await keys.StringSetAsync(PanicSwitch.Key, "stop it");
        await keys.HashSetAsync(FeatureFlags.Key, Flag.Name, "off");
        for (var i = 0; i < BreakerRules.Threshold; i++)
        {
            await breakers.FailedAsync("channel:x", "no answer", Stop);
        }

        Assert.True((await panic.ReadAsync(Stop)).IsOn);
        Assert.Equal(FlagMode.Off, await flags.ModeOfAsync(Flag, Stop));
        Assert.Null(link.AwaySince);

        var lost = _clock.GetUtcNow();
        server.Dispose();
        await Eventually.TrueAsync(async () => (await panic.ReadAsync(Stop)).IsOn && link.AwaySince is not null, "that Redis is missed");
        Assert.NotNull(await breakers.OpenUntilAsync("channel:x", Stop));
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal((true, "stop it"), ((await panic.ReadAsync(Stop)).IsOn, (await panic.ReadAsync(Stop)).Reason));
        Assert.Equal(FlagMode.Off, await flags.ModeOfAsync(Flag, Stop));
        Assert.Equal(BreakerRules.Threshold, Assert.Single(await breakers.ListAsync(Stop)).Failures);
        Assert.Equal(lost, link.AwaySince);

        // What people decide in the meantime holds against it.
        await panic.ReleaseAsync("alice", Stop);
        await flags.SetAsync(Flag, FlagMode.Act, "alice", Stop);
        Assert.False((await panic.ReadAsync(Stop)).IsOn);
        Assert.Equal(FlagMode.Act, await flags.ModeOfAsync(Flag, Stop));

        using var again = await StartRedisAsync(port);
        await Eventually.TrueAsync(async () => !(await panic.ReadAsync(Stop)).IsOn && link.AwaySince is null, "that Redis is back");
        Assert.Equal(FlagMode.Act, await flags.ModeOfAsync(Flag, Stop));
    }

    private static async Task<ServerProcess> StartRedisAsync(int port)
    {
        var server = new ServerProcess("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        await server.UntilAsync(async () => await (await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}")).DisposeAsync());
        return server;
    }

    private async Task<ServiceProvider> ProcessAsync(string? address = null, string? database = null)
    {
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddLogging()
            .AddDomain(database ?? await postgres.NewDatabaseAsync())
            .AddLiveFeed(address ?? $"{await redis.AddressAsync()},defaultDatabase=5") // panic must not reach other tests
            .AddGovernance()
            .AddSingleton(Flag)
            .BuildServiceProvider();
        await services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().PingAsync().ContinueWith(_ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default);
        return services;
    }
}

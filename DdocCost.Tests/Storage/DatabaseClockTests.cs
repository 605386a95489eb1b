using DdocCost.Domain;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DdocCost.Tests.Storage;

/// <summary>The clock of all processes, against a real database whose time is this machine's; the process's own is put wrong.</summary>
public sealed class DatabaseClockTests(PostgresServer postgres)
{
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(20); // a loaded machine may take that between two lines

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Goes_by_the_database_where_the_machine_is_an_hour_off(int hours)
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        var clock = new DatabaseClock(database, new Machine { Wrong = TimeSpan.FromHours(hours) });
        Assert.True((DateTimeOffset.UtcNow - clock.GetUtcNow()).Duration() > Near);

        var forward = await clock.SetAsync(Stop);

        Assert.Equal(DateTimeOffset.UtcNow, clock.GetUtcNow(), Near);
        Assert.InRange(forward, TimeSpan.FromHours(-hours) - Near, TimeSpan.FromHours(-hours) + Near);
    }

    [Fact]
    public async Task Does_not_follow_a_machine_that_is_put_otherwise_and_doubts_itself_until_it_is_set()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        var machine = new Machine();
        var clock = new DatabaseClock(database, machine);
        await clock.SetAsync(Stop);
        Assert.False(clock.IsInDoubt);

        var before = clock.GetUtcNow();
        machine.Wrong = TimeSpan.FromHours(1);

        Assert.True(clock.IsInDoubt);
        Assert.InRange(clock.GetUtcNow(), before, before + Near);
        await clock.SetAsync(Stop);
        Assert.False(clock.IsInDoubt);
        Assert.Equal(DateTimeOffset.UtcNow, clock.GetUtcNow(), Near);
    }

    [Fact]
    public async Task Is_left_alone_where_it_is_right()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        var clock = new DatabaseClock(database, TimeProvider.System);

        Assert.Equal(TimeSpan.Zero, await clock.SetAsync(Stop));
        Assert.InRange(await clock.AheadOfMachineAsync(Stop), -Near, Near);
    }

    [Fact]
    public async Task Goes_on_by_the_time_that_passes_while_the_database_is_away()
    {
        await using var nowhere = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={ServerProcess.FreePort()};Username=nobody");
        var machine = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
        var clock = new DatabaseClock(nowhere, machine);

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => clock.SetAsync(Stop));
        machine.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(new DateTimeOffset(2026, 11, 25, 12, 3, 0, TimeSpan.Zero), clock.GetUtcNow());
    }

    [Fact]
    public async Task Is_the_clock_of_everything_that_a_process_is_made_of()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var services = new ServiceCollection().AddDomain(database).BuildServiceProvider();

        Assert.Same(services.GetRequiredService<DatabaseClock>(), services.GetRequiredService<TimeProvider>());
    }

    /// <summary>A machine whose time of day can be put, as a person or a time server does it; its steady clock cannot.</summary>
    private sealed class Machine : TimeProvider
    {
        public TimeSpan Wrong { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Wrong;
    }
}

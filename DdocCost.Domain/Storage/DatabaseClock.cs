using Npgsql;

namespace DdocCost.Domain.Storage;

/// <summary>
/// The time of day by the database, which all processes share: of two whose machines disagree by an hour, one would hold back for an hour what the other is to
/// send. Until it has been set, and wherever the database is away, it goes on from where it was by the machine's steady clock, which nobody puts forward or back.
/// </summary>
/// <param name="database">Whose time it is.</param>
/// <param name="machine">This machine's clock.</param>
public sealed class DatabaseClock(NpgsqlDataSource database, TimeProvider machine) : TimeProvider
{
    /// <summary>So much is left uncorrected: where machines keep time it never moves.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    private Reading _reading = Reading.Of(machine, machine.GetUtcNow());

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <summary>Whether the machine's time of day has moved otherwise than time passed since this was set: it was put right or wrong, or has slept.</summary>
    public bool IsInDoubt
    {
        get
        {
            var reading = Volatile.Read(ref _reading);
            return (machine.GetUtcNow() - reading.OfMachine - machine.GetElapsedTime(reading.Timestamp)).Duration() > TimeSpan.FromSeconds(1);
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        var reading = Volatile.Read(ref _reading);
        return reading.OfDatabase + machine.GetElapsedTime(reading.Timestamp);
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets it by the database, unless it is right within <see cref="Tolerance"/> and what the question took.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>By how much it was put forward; zero where it was left.</returns>
    /// <exception cref="NpgsqlException">The database is away; the clock goes on as it was.</exception>
    public async Task<TimeSpan> SetAsync(CancellationToken cancellationToken)
    {
        var (theirs, uncertainty) = await AskAsync(cancellationToken);
        var wrong = theirs - GetUtcNow();
        var isWrong = wrong.Duration() > Tolerance + uncertainty;
        Volatile.Write(ref _reading, Reading.Of(machine, isWrong ? theirs : GetUtcNow()));
        return isWrong ? wrong : TimeSpan.Zero;
    }

    /// <summary>How far the database's clock is ahead of the machine's.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public async Task<TimeSpan> AheadOfMachineAsync(CancellationToken cancellationToken) => (await AskAsync(cancellationToken)).Theirs - machine.GetUtcNow();

    /// <summary>The database's time now, and by how much that may be wrong, as nobody knows when within the question it was read.</summary>
    private async Task<(DateTimeOffset Theirs, TimeSpan Uncertainty)> AskAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var asked = machine.GetTimestamp();
        var read = await connection.ScalarAsync<DateTime>("select clock_timestamp()", cancellationToken);
        var half = machine.GetElapsedTime(asked) / 2;
        return (new DateTimeOffset(read.ToUniversalTime(), TimeSpan.Zero) + half, half);
    }

    /// <summary>The two clocks at a moment of the steady one.</summary>
    private sealed record Reading(DateTimeOffset OfDatabase, DateTimeOffset OfMachine, long Timestamp)
    {
        public static Reading Of(TimeProvider machine, DateTimeOffset ofDatabase) => new(ofDatabase, machine.GetUtcNow(), machine.GetTimestamp());
    }
}

using System.Diagnostics;
using System.Net.Sockets;
using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Starting;

/// <summary>Before anything of a process starts: PostgreSQL is there, and the database is not that of a newer version.</summary>
public static class DatabaseWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Reminder = TimeSpan.FromSeconds(5);

    /// <summary>Waits until PostgreSQL takes a connection, at most <see cref="JobsOptions.WaitForDatabase"/>, and says so every few seconds. Meanwhile a <see cref="WaitingRoom"/> is open.</summary>
    /// <param name="host">The process, built and not started.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>false where the process was asked to stop while it waited.</returns>
    /// <exception cref="DatabaseAwayException">PostgreSQL did not come in that time.</exception>
    /// <exception cref="NpgsqlException">PostgreSQL is there and does not let us in; waiting would not change that.</exception>
    /// <exception cref="SchemaTooNewException">A newer version has made the database its own.</exception>
    public static async Task<bool> UntilThereAsync(IHost host, CancellationToken cancellationToken)
    {
        var migrations = host.Services.GetRequiredService<Migrations>();
        if (await IsAwayAsync(migrations, cancellationToken) is not { } why)
        {
            return true;
        }

        await using var room = await WaitingRoom.OpenAsync(host.Services.GetRequiredService<IConfiguration>(), hasPages: host is WebApplication, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, room.Stopping);
        try
        {
            await WaitAsync(host.Services, migrations, why, stop.Token);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task WaitAsync(IServiceProvider services, Migrations migrations, string why, CancellationToken cancellationToken)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DatabaseWait).FullName!);
        var place = new NpgsqlConnectionStringBuilder(services.GetRequiredService<NpgsqlDataSource>().ConnectionString);
        var address = $"{place.Host}:{place.Port}";
        var patience = services.GetRequiredService<IOptions<JobsOptions>>().Value.WaitForDatabase;
        var waited = Stopwatch.StartNew();
        for (var next = TimeSpan.Zero; ;)
        {
            if (waited.Elapsed >= patience)
            {
                throw new DatabaseAwayException(address, patience, why);
            }

            if (waited.Elapsed >= next)
            {
                StartLog.DatabaseAway(log, address, why, (int)Math.Ceiling((patience - waited.Elapsed).TotalSeconds));
                next += Reminder;
            }

            await Task.Delay(Pause, cancellationToken);
            if (await IsAwayAsync(migrations, cancellationToken) is not { } still)
            {
                StartLog.DatabaseThere(log, address, (int)waited.Elapsed.TotalSeconds);
                return;
            }

            why = still;
        }
    }

    /// <summary>Why PostgreSQL cannot be reached at the moment; null where it can.</summary>
    private static async Task<string?> IsAwayAsync(Migrations migrations, CancellationToken cancellationToken)
    {
        try
        {
            await migrations.CheckAsync(cancellationToken);
            return null;
        }
        catch (Exception away) when (away is NpgsqlException { IsTransient: true } or SocketException or TimeoutException)
        {
            // Refused, no such host yet, starting up, out of connections.
            return (away.InnerException ?? away).Message;
        }
    }
}

/// <summary>PostgreSQL did not come while a process waited for it.</summary>
public sealed class DatabaseAwayException(string address, TimeSpan patience, string why) : Exception(
    FormattableString.Invariant($"PostgreSQL at {address} did not answer within {patience.TotalSeconds:0} s: {why}. Start it, or correct ConnectionStrings__Postgres; Jobs__WaitForDatabase says how long to wait."));

using System.Globalization;
using DdocCost.Domain.Storage;
using Hangfire;
using Npgsql;

namespace DdocCost.Jobs.Notify.Watching;

/// <summary>Raises an alarm when a job server has stopped without taking its leave, or when none is left.</summary>
internal sealed class ServerWatch(JobStorage jobs, NpgsqlDataSource database, TimeProvider clock)
{
    // Servers report every 30 seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(100);

    private const string Nobody = "job-servers";

    /// <summary>Looks once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var servers = jobs.GetMonitoringApi().Servers();
        var silent = servers.Where(server => server.Heartbeat is { } at && now - DateTime.SpecifyKind(at, DateTimeKind.Utc) > Silence).Select(server => server.Name).ToHashSet();
        var (alive, gone) = (servers.Count - silent.Count, silent.Select(SubjectOf).ToHashSet());
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var tenants = await connection.QueryAsync("select distinct tenant_id from mt_doc_channels", row => row.GetString(0), cancellationToken);
        foreach (var tenant in tenants)
        {
            foreach (var name in silent)
            {
                await Alarms.RaiseAsync(
                    connection, tenant, SubjectOf(name), "A job server has stopped",
                    $"{name} has not reported for more than {Silence.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds. {(alive > 0 ? "Others go on with its work." : "No other is left: nothing is read or scored.")}", now, cancellationToken);
            }

            if (alive == 0)
            {
                await Alarms.RaiseAsync(
                    connection, tenant, Nobody, "No job server is at work", "Nothing is read, scored or looked after until one is started.", now, cancellationToken);
            }
            else
            {
                await Alarms.ClearAsync(connection, tenant, Nobody, "A job server is at work.", now, cancellationToken);
            }

            await ClearAsync(connection, tenant, gone, now, cancellationToken);
        }
    }

    /// <summary>A server that reports again, or that the others have struck off their list, is no news any more.</summary>
    private static async Task ClearAsync(NpgsqlConnection connection, string tenantId, HashSet<string> gone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var up = await connection.QueryAsync(
            "select subject from notify.alarms where tenant_id = $1 and subject like 'server:%' and over_at is null", row => row.GetString(0), cancellationToken, tenantId);
        foreach (var subject in up.Where(subject => !gone.Contains(subject)))
        {
            await Alarms.ClearAsync(connection, tenantId, subject, "It is back, or was struck off the list of servers.", now, cancellationToken);
        }
    }

    private static string SubjectOf(string server) => $"server:{server}";
}

using System.IO.Hashing;
using System.Text;
using DdocCost.Domain.Access;
using DdocCost.Domain.Storage;
using DdocCost.Domain.Zombies;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Zombies;

/// <summary>
/// Every quarter of an hour: asks for the daily scan of each connected account whose time of day has come, goes on with scans whose process died, and
/// forgets old records. The times are spread over the day by the account's number.
/// </summary>
public sealed class HuntSweepJob(HuntDesk desk, IDocumentStore store, NpgsqlDataSource database, IOptions<HuntOptions> options, TimeProvider clock, ILogger<HuntSweepJob> log)
{
    private const int MinutesADay = 1440;

    /// <summary>Runs.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var accounts = await connection.QueryAsync(
            """
            select a.tenant_id, a.id, a.data ->> 'accountId', a.data ->> 'connectedAt',
                (select max((r.data ->> 'startedAt')::timestamptz) from mt_doc_hunt_runs r where r.tenant_id = a.tenant_id and r.data ->> 'connectionId' = a.id and r.data ->> 'askedBy' = 'schedule'),
                exists (select from mt_doc_hunt_runs r where r.tenant_id = a.tenant_id and r.data ->> 'connectionId' = a.id and r.data ->> 'state' = 'Running')
            from mt_doc_connected_accounts a
            """,
            row => (Tenant: row.GetString(0), Id: row.GetString(1), Account: row.GetString(2), Last: row.IsDBNull(4) ? null : (DateTimeOffset?)row.GetFieldValue<DateTimeOffset>(4), IsRunning: row.GetBoolean(5)),
            cancellationToken);
        var now = clock.GetUtcNow();
        var asked = 0;
        foreach (var account in accounts.Where(account => account.IsRunning || (options.Value.Daily && IsDue(account.Account, account.Last, now))))
        {
            if (await desk.AskAsync(Sight.OfAll(account.Tenant), account.Id, HuntScope.All, "schedule", cancellationToken) is not null)
                asked++;
        }

        if (asked > 0)
            HuntLog.Asked(log, asked);
        foreach (var tenant in accounts.Select(account => account.Tenant).Distinct())
        {
            await using var session = store.LightweightSession(tenant);
            var kept = now - options.Value.RunsKept;
            session.DeleteWhere<HuntRun>(run => run.StartedAt < kept && run.State != HuntState.Running);
            await session.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Whether an account's time of day has come since its last daily scan.</summary>
    /// <param name="account">Its number, which decides the time.</param>
    /// <param name="last">When the last daily scan began, UTC; null for never: then it is due at once.</param>
    /// <param name="now">Now, UTC.</param>
    internal static bool IsDue(string account, DateTimeOffset? last, DateTimeOffset now)
    {
        if (last is null)
            return true;
        var minute = XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(account)) % MinutesADay;
        var due = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddMinutes(minute);
        if (due > now)
            due = due.AddDays(-1);
        return last < due;
    }
}

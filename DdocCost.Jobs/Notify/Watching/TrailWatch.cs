using System.Globalization;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify.Watching;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Notify.Watching;

/// <summary>Learns how often each account is heard of, and raises an alarm when one is silent for longer, or when what came is not scored.</summary>
internal sealed class TrailWatch(NpgsqlDataSource database, IFeatureFlags flags, TimeProvider clock, ILogger<TrailWatch> log)
{
    /// <summary>Deliveries that wait for so long without one of their account being scored mean that the detector stands still.</summary>
    public static readonly TimeSpan Stalled = TimeSpan.FromMinutes(3);

    // An account that is silent for so long was left; nobody is to be told every day.
    private static readonly TimeSpan GivenUp = TimeSpan.FromDays(30);

    /// <summary>Looks once; a minute between looks is fine enough.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.ScalarAsync<bool>("select pg_try_advisory_xact_lock(hashtext('notify.trail_habits'))", cancellationToken))
        {
            return; // another process looks
        }

        var accounts = await connection.QueryAsync(
            """
            select a.tenant_id, a.account_id, a.sent_seq, a.applied_seq, h.sent_seq, h.applied_seq, h.applied_at, h.heard_at, h.known_since, h.days, h.longest
            from pipeline.accounts a left join notify.trail_habits h using (tenant_id, account_id)
            where a.tenant_id not like '%~self-test' and a.sent_seq > 0
            """,
            row => Read(row, now), cancellationToken);
        var mode = await flags.ModeOfAsync(NotifyFlags.QuietTrails, cancellationToken);
        foreach (var account in accounts)
        {
            await LookAtAsync(connection, account, mode, now, cancellationToken);
        }

        foreach (var tenant in accounts.GroupBy(account => account.TenantId))
        {
            await DetectorAsync(connection, tenant.Key, [.. tenant], now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task LookAtAsync(NpgsqlConnection connection, Account account, FlagMode mode, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var subject = Alarms.TrailSubject(account.AccountId);
        if (account.IsHeard || account.IsNew)
        {
            await KeepAsync(connection, account, account.IsNew ? account.Habit : account.Habit.Heard(now), now, cancellationToken);
            await Alarms.ClearAsync(connection, account.TenantId, subject, "Its trail is heard of again.", now, cancellationToken);
        }
        else
        {
            if (account.HasMoved)
            {
                await KeepAsync(connection, account, account.Habit, now, cancellationToken);
            }

            if (mode == FlagMode.Observe && account.Habit.IsQuiet(now))
            {
                NotifyLog.QuietTrail(log, account.TenantId, account.AccountId, account.Habit.HeardAt);
            }
            else if (mode == FlagMode.Act && account.Habit.IsQuiet(now) && now - account.Habit.HeardAt < GivenUp)
            {
                await Alarms.RaiseAsync(
                    connection, account.TenantId, subject, $"Nothing heard from account {account.AccountId}",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The last delivery came at {account.Habit.HeardAt:d MMM HH:mm} UTC; this account is usually heard of within {Words(account.Habit.Limit)}. While its trail is silent, nothing that happens there is noticed. Look whether the trail still logs and whether we may still read it."),
                    now, cancellationToken);
            }
        }
    }

    private static async Task DetectorAsync(
        NpgsqlConnection connection, string tenantId, IReadOnlyList<Account> accounts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stalled = accounts.Where(account => account.Backlog > 0 && !account.HasMoved && now - account.AppliedAt >= Stalled).ToList();
        if (stalled.Count > 0)
        {
            await Alarms.RaiseAsync(
                connection, tenantId, "detector", "The detector stands still",
                string.Create(CultureInfo.InvariantCulture, $"Deliveries of {stalled.Count} accounts, first {stalled[0].AccountId}, wait and none was scored for {Words(now - stalled.Min(account => account.AppliedAt))}. Look at the job server and at its log."),
                now, cancellationToken);
        }
        else
        {
            await Alarms.ClearAsync(connection, tenantId, "detector", "Deliveries are scored again.", now, cancellationToken);
        }
    }

    private static async Task KeepAsync(NpgsqlConnection connection, Account account, TrailHabit habit, DateTimeOffset now, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            """
            insert into notify.trail_habits (tenant_id, account_id, sent_seq, applied_seq, applied_at, heard_at, known_since, days, longest)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (tenant_id, account_id) do update set sent_seq = excluded.sent_seq, applied_seq = excluded.applied_seq, applied_at = excluded.applied_at,
                heard_at = excluded.heard_at, days = excluded.days, longest = excluded.longest
            """,
            cancellationToken, account.TenantId, account.AccountId, account.Sent, account.Applied, account.HasMoved || account.Backlog == 0 ? now : account.AppliedAt,
            habit.HeardAt, habit.KnownSince, habit.Days.ToArray(), habit.Longest.ToArray());

    private static string Words(TimeSpan span) => span switch
    {
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} minutes"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} hours"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days"),
    };

    private static Account Read(NpgsqlDataReader row, DateTimeOffset now)
    {
        var isNew = row.IsDBNull(4);
        var (sent, applied) = (row.GetInt64(2), row.GetInt64(3));
        return new Account(
            row.GetString(0), row.GetString(1), sent, applied, isNew, !isNew && sent > row.GetInt64(4), isNew || applied > row.GetInt64(5),
            isNew ? now : row.GetFieldValue<DateTimeOffset>(6),
            isNew
                ? TrailHabit.New(now)
                : new TrailHabit(row.GetFieldValue<DateTimeOffset>(7), row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<int[]>(9), row.GetFieldValue<float[]>(10)));
    }

    private sealed record Account(
        string TenantId, string AccountId, long Sent, long Applied, bool IsNew, bool IsHeard, bool HasMoved, DateTimeOffset AppliedAt, TrailHabit Habit)
    {
        public long Backlog => Sent - Applied;
    }
}

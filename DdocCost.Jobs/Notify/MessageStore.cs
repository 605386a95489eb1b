using System.Text.Json;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Notify;

/// <summary>Claims messages and keeps what becomes of them. Every change is guarded by the attempt, so who lost his lease changes nothing.</summary>
internal sealed class MessageStore(NpgsqlDataSource database, IOptions<NotifyOptions> options, TimeProvider clock)
{
    // A lease runs by the database's clock, which all share: of two processes whose clocks differ, one would take what the other has in hand.
    private const string IsDue = "(m.state = 'queued' and m.due_at <= $1 or m.state = 'sending' and m.lease_until <= now())";

    // Within a thread one after another; of a channel only so many at a time, so that one that hangs holds up no other.
    private const string ClaimSql =
        $"""
        with ranked as (
            select m.tenant_id, m.id, row_number() over (partition by m.tenant_id, m.channel_id order by m.fact_seq) as place
            from notify.messages m
            where {IsDue} and not 'channel:' || m.tenant_id || '/' || m.channel_id = any ($2)
                and not exists (
                    select from notify.messages earlier
                    where earlier.tenant_id = m.tenant_id and earlier.channel_id = m.channel_id and earlier.thread_key = m.thread_key
                        and earlier.fact_seq < m.fact_seq and earlier.state in ('queued', 'held', 'sending'))
            order by m.due_at limit 1000),
        picked as (
            select m.tenant_id, m.id, m.fact_seq, m.channel_id, m.thread_key from notify.messages m join ranked using (tenant_id, id)
            where ranked.place <= $3 and {IsDue} order by m.due_at limit $4 for update of m skip locked)
        update notify.messages m set state = 'sending', attempts = m.attempts + 1, claimed_at = $1, first_claimed_at = coalesce(m.first_claimed_at, $1),
            lease_until = now() + $5
        from picked join notify.facts f on f.seq = picked.fact_seq
            left join notify.threads t on t.tenant_id = picked.tenant_id and t.channel_id = picked.channel_id and t.thread_key = picked.thread_key
        where m.tenant_id = picked.tenant_id and m.id = picked.id
        returning m.tenant_id, m.id, m.channel_id, m.thread_key, m.kind, f.notice, t.handle, m.queued_at, m.attempts, f.self_test, m.fallbacks,
            m.fact_seq, m.first_claimed_at, f.fact_id
        """;

    /// <summary>Claims messages that are due.</summary>
    /// <param name="full">Places that take no more at the moment.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="mostEach">At most so many of a channel.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<List<ClaimedMessage>> ClaimAsync(string[] full, int most, int mostEach, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var claimed = await connection.QueryAsync(
            ClaimSql, row => Read(row, now), cancellationToken, now, full, (long)mostEach, most, options.Value.Lease);
        return [.. claimed.OrderBy(message => message.FactSeq)];
    }

    /// <summary>When the next message becomes due by time, UTC; null where none waits for its time.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var next = await connection.QueryAsync(
            """
            select least(
                (select min(due_at) from notify.messages where state = 'queued' and due_at > $1),
                (select $1 + (min(lease_until) - now()) from notify.messages where state = 'sending'),
                (select min(route_at) from notify.facts where routed_at is null and route_at > $1))
            """,
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(0), cancellationToken, clock.GetUtcNow());
        return next[0];
    }

    /// <summary>Holds back what is due, while panic mode is on.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            "update notify.messages set state = 'held', held_by = 'panic' where state = 'queued' and due_at <= $1", cancellationToken, clock.GetUtcNow());
    }

    /// <summary>Lets go what quiet hours held, where they have ended.</summary>
    public async Task EndQuietAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            "update notify.messages set state = 'queued' where state = 'held' and held_by = 'quiet-hours' and due_at <= $1", cancellationToken, clock.GetUtcNow());
    }

    /// <summary>The other side has it.</summary>
    public async Task AcceptedAsync(ClaimedMessage claimed, SendOutcome.Accepted outcome, CancellationToken cancellationToken)
    {
        var message = claimed.Message;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var isAlarmUp = await connection.ScalarAsync<bool>(
            """
            with noted as (
                update notify.messages set state = 'accepted', accepted_at = $4, answer = $5, lease_until = null
                where tenant_id = $1 and id = $2 and state = 'sending' and attempts = $3 returning 1),
            thread as (
                insert into notify.threads (tenant_id, channel_id, thread_key, handle) select $1, $6, $7, $8 where $7 <> '' and $8 <> '' on conflict do nothing)
            select exists (select from notify.alarms where tenant_id = $1 and subject = $9 and over_at is null)
            """,
            cancellationToken, message.TenantId, message.Id, message.Attempt, clock.GetUtcNow(), outcome.Answer, message.ChannelId, message.ThreadKey ?? "",
            outcome.Handle ?? "", Alarms.ChannelSubject(message.ChannelId));
        if (isAlarmUp)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await Alarms.ClearAsync(connection, message.TenantId, Alarms.ChannelSubject(message.ChannelId), "It takes messages again.", clock.GetUtcNow(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <summary>To be tried again.</summary>
    /// <param name="claimed">Message.</param>
    /// <param name="dueAt">When, UTC.</param>
    /// <param name="answer">What the other side said; null where it was not asked, which then does not count as an attempt.</param>
    /// <param name="heldBy">What holds it instead of the time, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task AgainAsync(ClaimedMessage claimed, DateTimeOffset dueAt, string? answer, string? heldBy, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            update notify.messages set state = case when $6 = '' then 'queued' else 'held' end, held_by = nullif($6, ''), due_at = $4, lease_until = null,
                answer = coalesce(nullif($5, ''), answer), attempts = attempts - case when $5 = '' then 1 else 0 end
            where tenant_id = $1 and id = $2 and state = 'sending' and attempts = $3
            """,
            cancellationToken, claimed.Message.TenantId, claimed.Message.Id, claimed.Message.Attempt, dueAt, answer ?? "", heldBy ?? "");
    }

    /// <summary>This channel does not take it: the next of its route gets it, and the failure itself is told.</summary>
    /// <param name="claimed">Message.</param>
    /// <param name="channel">Name of the channel, for people.</param>
    /// <param name="answer">What the other side said last.</param>
    /// <param name="next">Channels that may take it instead, in order; the first becomes its new one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task FailedAsync(ClaimedMessage claimed, string channel, string answer, IReadOnlyList<string> next, CancellationToken cancellationToken)
    {
        var (message, now) = (claimed.Message, clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two channels that fail over to each other would wait for each other's rows; failures are rare enough to come one after another.
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtext('notify.failed/' || $1))", cancellationToken, message.TenantId);
        var failed = await connection.ExecuteAsync(
            "update notify.messages set state = 'failed', answer = $4, lease_until = null where tenant_id = $1 and id = $2 and state = 'sending' and attempts = $3",
            cancellationToken, message.TenantId, message.Id, message.Attempt, answer);
        if (failed == 0)
        {
            return; // somebody else has it
        }

        await FallOverAsync(connection, claimed, next, now, cancellationToken);
        if (claimed.Message.Notice is not HealthAlarm && !message.IsSelfTest)
        {
            await Alarms.RaiseAsync(
                connection, message.TenantId, Alarms.ChannelSubject(message.ChannelId), $"Channel {channel} does not take messages",
                $"It answered: {answer}. " + (next.Count > 0 ? "What was meant for it goes to the next channel of its route." : "No other channel is in its route."),
                now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task FallOverAsync(
        NpgsqlConnection connection, ClaimedMessage claimed, IReadOnlyList<string> next, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var i = 0; i < next.Count; i++)
        {
            // A channel that has been told already is passed over.
            var inserted = await connection.ExecuteAsync(
                """
                insert into notify.messages (tenant_id, id, fact_seq, channel_id, thread_key, kind, state, due_at, queued_at, rule, fallbacks, fell_from)
                select tenant_id, $3, fact_seq, $4, thread_key, kind, 'queued', $5, $5, rule, $6, channel_id from notify.messages where tenant_id = $1 and id = $2
                on conflict do nothing
                """,
                cancellationToken, claimed.Message.TenantId, claimed.Message.Id, OutboxFact.MessageIdOf(claimed.FactId, next[i]), next[i], now,
                next.Skip(i + 1).ToArray());
            if (inserted > 0)
            {
                await Outbox.AnnounceAsync(connection, cancellationToken);
                return;
            }
        }
    }

    private static ClaimedMessage Read(NpgsqlDataReader row, DateTimeOffset now) => new(
        new OutboundMessage
        {
            TenantId = row.GetString(0),
            Id = row.GetGuid(1),
            ChannelId = row.GetString(2),
            ThreadKey = row.IsDBNull(3) ? null : row.GetString(3),
            Notice = JsonSerializer.Deserialize<Notice>(row.GetString(5), Outbox.Json)!,
            Handle = row.IsDBNull(6) ? null : row.GetString(6),
            QueuedAt = row.GetFieldValue<DateTimeOffset>(7),
            SendingAt = now,
            Attempt = row.GetInt32(8),
            IsSelfTest = row.GetBoolean(9),
        },
        row.GetString(4), row.GetFieldValue<string[]>(10), row.GetInt64(11), row.GetGuid(13), row.GetFieldValue<DateTimeOffset>(12));
}

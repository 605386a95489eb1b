using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Notify;

/// <summary>What does not work of ours: told once when it begins, once when it is over.</summary>
internal static class Alarms
{
    /// <summary>The subject of a channel that takes nothing.</summary>
    public static string ChannelSubject(string channelId) => $"channel:{channelId}";

    /// <summary>The subject of an account whose trail is silent.</summary>
    public static string TrailSubject(string accountId) => $"trail:{accountId}";

    /// <summary>The account a subject is about, or null.</summary>
    public static string? AccountOf(string subject) => subject.StartsWith("trail:", StringComparison.Ordinal) ? subject["trail:".Length..] : null;

    /// <summary>The channel a subject is about, or null.</summary>
    public static string? ChannelOf(string subject) => subject.StartsWith("channel:", StringComparison.Ordinal) ? subject["channel:".Length..] : null;

    /// <summary>Raises an alarm, unless it is up already.</summary>
    public static async Task RaiseAsync(
        NpgsqlConnection connection, string tenantId, string subject, string title, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var raised = await connection.ExecuteAsync(
            "insert into notify.alarms (tenant_id, subject, since, title) values ($1, $2, $3, $4) on conflict do nothing",
            cancellationToken, tenantId, subject, now, title);
        if (raised > 0)
        {
            await Outbox.WriteAsync(connection, Fact(tenantId, new HealthAlarm { Subject = subject, Title = title, Text = text, Since = now }, now), cancellationToken);
        }
    }

    /// <summary>It is over; does nothing where there was no alarm.</summary>
    public static async Task ClearAsync(
        NpgsqlConnection connection, string tenantId, string subject, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var over = await connection.QueryAsync(
            "update notify.alarms set over_at = $3 where tenant_id = $1 and subject = $2 and over_at is null returning title, since",
            row => (Title: row.GetString(0), Since: row.GetFieldValue<DateTimeOffset>(1)), cancellationToken, tenantId, subject, now);
        foreach (var (title, since) in over)
        {
            await Outbox.WriteAsync(
                connection,
                Fact(tenantId, new HealthAlarm { Subject = subject, Title = $"Over: {title}", Text = text, Since = since, IsOver = true }, now), cancellationToken);
        }
    }

    private static OutboxFact Fact(string tenantId, HealthAlarm alarm, DateTimeOffset now) => new()
    {
        Id = OutboxFact.IdOf(tenantId, alarm.Subject, $"{alarm.Since:O}", $"{alarm.IsOver}"),
        TenantId = tenantId,
        Notice = alarm,
        WrittenAt = now,
    };
}

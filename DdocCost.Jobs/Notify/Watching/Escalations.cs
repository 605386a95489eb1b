using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Notify.Watching;

/// <summary>Tells a case again, to other channels, when nobody has acknowledged it in time.</summary>
internal sealed class Escalations(NpgsqlDataSource database, IDocumentStore store, TimeProvider clock)
{
    /// <summary>Looks after what is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var due = await connection.QueryAsync(
            """
            select tenant_id, thread_key, rule, minutes, targets from notify.escalations where done_at is null and due_at <= $1
            order by due_at limit 100 for update skip locked
            """,
            row => new Due(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetFieldValue<string[]>(4)), cancellationToken, now);
        foreach (var one in due)
        {
            await using var session = store.QuerySession(one.TenantId);
            var anomaly = await session.LoadAsync<AnomalyCase>(one.CaseId, cancellationToken);
            var triage = await session.LoadAsync<CaseTriage>(one.CaseId, cancellationToken);
            var outcome = anomaly is null || anomaly.IsOver(now) ? "it is over" : IsAnswered(triage, now) ? "somebody answered" : "told again";
            if (outcome == "told again")
            {
                await Outbox.WriteAsync(connection, CaseFacts.Unanswered(one.TenantId, anomaly!, one.Minutes, one.Targets, one.Rule, now), cancellationToken);
            }

            await connection.ExecuteAsync(
                "update notify.escalations set done_at = $4, outcome = $5 where tenant_id = $1 and thread_key = $2 and rule = $3",
                cancellationToken, one.TenantId, one.CaseId, one.Rule, now, outcome);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static bool IsAnswered(CaseTriage? triage, DateTimeOffset now) =>
        triage is not null && (triage.Acknowledged is not null || triage.Settled is not null || triage.IsSnoozed(now));

    private sealed record Due(string TenantId, string CaseId, string Rule, int Minutes, string[] Targets);
}

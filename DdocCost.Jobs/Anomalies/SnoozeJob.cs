using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Anomalies;

/// <summary>Ends snoozes whose time has come, so that what still runs is told again. Running it twice does no harm.</summary>
public sealed class SnoozeJob(NpgsqlDataSource database, CaseDesk desk, TimeProvider clock)
{
    private const int MostAtOnce = 500;

    /// <summary>Runs; what is left over is taken the next time.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (tenantId, caseId) in await OverAsync(cancellationToken))
        {
            await desk.DecideAsync(tenantId, caseId, new CaseDecision.Unsnooze(IsOver: true), "the clock", Mouth.Schedule, cancellationToken);
        }
    }

    private async Task<List<(string TenantId, string CaseId)>> OverAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync(
            """
            select tenant_id, id from mt_doc_case_triage where (data -> 'snoozed' ->> 'until')::timestamptz <= $1
            order by tenant_id, id limit $2
            """,
            row => (row.GetString(0), row.GetString(1)), cancellationToken, clock.GetUtcNow(), MostAtOnce);
    }
}

using DdocCost.App.Shell;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Undo;
using Marten;

namespace DdocCost.App.Anomalies;

/// <summary>Reads cases for the list and for one page.</summary>
internal sealed class AnomalyReader(IDocumentStore store, TenantSql sql, TimeProvider time)
{
    // A case of ten thousand launches is still one screen; the rest is on the events page.
    private const int MostEvents = 100;
    private const int MostAccounts = 200;
    private const int MostOfStorm = 2000;

    /// <summary>A page of cases, newest first.</summary>
    public async Task<AnomalyListView> ListAsync(Sight sight, AnomalyFilter filter, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        var cases = Matching(session, filter, time.GetUtcNow()).Seen(sight, anomaly => anomaly.AccountId);
        if (filter.Storm is { } storm)
        {
            var ofStorm = (await StormAsync(sight.TenantId, storm, cancellationToken)).ToArray();
            cases = cases.Where(anomaly => anomaly.Id.IsOneOf(ofStorm));
        }

        var rows = await cases
            .OrderByDescending(anomaly => anomaly.DetectedAt).ThenBy(anomaly => anomaly.Id)
            .Skip(Page.Skip(filter.Page)).Take(Page.Size + 1)
            .ToListAsync(cancellationToken);
        var page = Page.Of(rows, filter.Page);
        var ids = page.Items.Select(anomaly => anomaly.Id).ToArray();
        var triage = ids.Length == 0 ? [] : await session.LoadManyAsync<CaseTriage>(cancellationToken, ids);
        var accounts = await sql.RowsAsync(
            sight, "select distinct account_id from mt_doc_anomaly_cases where tenant_id = @tenant and @seen order by 1 limit @most",
            row => row.GetString(0), new Dictionary<string, object> { ["most"] = MostAccounts }, cancellationToken);
        return new AnomalyListView(page, triage.ToDictionary(t => t.Id), accounts, time.GetUtcNow());
    }

    /// <summary>Cases that one message told together, because there were too many for one each.</summary>
    private Task<List<string>> StormAsync(string tenantId, Guid message, CancellationToken cancellationToken) => sql.OfTenantAsync(
        tenantId,
        """
        select distinct f.thread_key from notify.messages m join notify.facts f on f.seq = m.fact_seq
        where m.tenant_id = @tenant and m.storm_id = @storm and f.thread_key is not null limit @most
        """,
        row => row.GetString(0), new Dictionary<string, object> { ["storm"] = message, ["most"] = MostOfStorm }, cancellationToken);

    /// <summary>One case with all that belongs to it; null where there is none of that id that is seen.</summary>
    public async Task<AnomalyView?> OneAsync(Sight sight, string id, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        if (await session.LoadAsync<AnomalyCase>(id, cancellationToken) is not { } anomaly || !sight.Sees(anomaly.AccountId))
        {
            return null;
        }

        var triage = await session.LoadAsync<CaseTriage>(id, cancellationToken) ?? new CaseTriage { Id = id };
        var events = await session.Query<CostEvent>().Where(e => e.CaseId == id).OrderBy(e => e.Time).Take(MostEvents).ToListAsync(cancellationToken);
        var running = await session.RunningAsync(anomaly, cancellationToken);
        var now = time.GetUtcNow();
        return new AnomalyView(anomaly, triage, events, running, UndoPlanner.For(running.Where(resource => AnomalyView.Runs(resource, now))), now);
    }

    /// <summary>All that a filter lets through, whatever its page and storm.</summary>
    internal static IQueryable<AnomalyCase> Matching(IQuerySession session, AnomalyFilter filter, DateTimeOffset now) =>
        Answered(Filtered(session.Query<AnomalyCase>(), filter), filter.Answer, now);

    private static IQueryable<AnomalyCase> Answered(IQueryable<AnomalyCase> cases, CaseAnswer? answer, DateTimeOffset now) => answer switch
    {
        CaseAnswer.None => cases.Where(anomaly =>
            anomaly.Acknowledged == null && anomaly.End == CaseEnd.Stopped && (anomaly.Snoozed == null || anomaly.Snoozed.Until <= now)),
        CaseAnswer.Acknowledged => cases.Where(anomaly => anomaly.Acknowledged != null),
        CaseAnswer.Snoozed => cases.Where(anomaly => anomaly.Snoozed != null && anomaly.Snoozed.Until > now),
        CaseAnswer.Expected => cases.Where(anomaly => anomaly.End == CaseEnd.Expected),
        CaseAnswer.Wrong => cases.Where(anomaly => anomaly.End == CaseEnd.Wrong),
        _ => cases,
    };

    private static IQueryable<AnomalyCase> Filtered(IQueryable<AnomalyCase> cases, AnomalyFilter filter)
    {
        if (filter.Closed is { } closed)
        {
            cases = closed ? cases.Where(anomaly => anomaly.ClosedAt != null) : cases.Where(anomaly => anomaly.ClosedAt == null);
        }

        if (filter.Severity is { } severity)
        {
            cases = cases.Where(anomaly => anomaly.Severity == severity);
        }

        if (filter.Account is { } account)
        {
            cases = cases.Where(anomaly => anomaly.AccountId == account);
        }

        return filter.Text is not { } text
            ? cases
            : cases.Where(anomaly => anomaly.Title.Contains(text, StringComparison.OrdinalIgnoreCase)
                || anomaly.Actor.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
                || anomaly.Id == text);
    }
}

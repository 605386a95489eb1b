using DdocCost.App.Shell;
using DdocCost.Domain.Scoring;
using Marten;
using Marten.Linq.MatchesSql;

namespace DdocCost.App.Events;

/// <summary>Reads cost events, newest first. Walks the index on time, so the newest rows are cheap whatever the history.</summary>
internal sealed class EventReader(IDocumentStore store)
{
    // In the words of their indexes.
    private const string Unpriced = "d." + CostEventSql.Unpriced;
    private const string Refused = "d." + CostEventSql.Refused;
    private const string IsActor = "d." + CostEventSql.Actor + " = ?";

    /// <summary>A page.</summary>
    public async Task<Page<CostEvent>> ReadAsync(Sight sight, EventFilter filter, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        var rows = await Matching(session, filter).Seen(sight, e => e.AccountId)
            .OrderByDescending(e => e.Time).ThenByDescending(e => e.Id)
            .Skip(Page.Skip(filter.Page)).Take(Page.Size + 1)
            .ToListAsync(cancellationToken);
        return Page.Of(rows, filter.Page);
    }

    /// <summary>All that a filter lets through, whatever its page.</summary>
    internal static IQueryable<CostEvent> Matching(IQuerySession session, EventFilter filter)
    {
        IQueryable<CostEvent> events = session.Query<CostEvent>();
        if (filter.Account is { } account)
        {
            events = events.Where(e => e.AccountId == account);
        }

        if (filter.Service is { } service)
        {
            events = events.Where(e => e.Costed.Event.Service == service);
        }

        if (filter.Actor is { } actor)
        {
            events = events.Where(e => e.MatchesSql(IsActor, actor));
        }

        return filter.Show switch
        {
            "alerted" => events.Where(e => e.Severity != Severity.None),
            "quiet" => events.Where(e => e.Severity == Severity.None),
            "unpriced" => events.Where(e => e.MatchesSql(Unpriced) && e.Costed.OneTimeUsd == 0),
            "refused" => events.Where(e => e.MatchesSql(Refused)),
            _ => events,
        };
    }
}

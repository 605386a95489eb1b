using DdocCost.App.Shell;
using DdocCost.Domain.Audit;
using Marten;

namespace DdocCost.App.Audit;

/// <summary>Reads the log of changes, newest first.</summary>
internal sealed class AuditReader(IDocumentStore store, TenantSql sql)
{
    // As many as a menu can hold.
    private const int MostChoices = 300;

    /// <summary>A page, with what can be chosen to filter by.</summary>
    public async Task<AuditView> ReadAsync(string tenantId, AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        var rows = await Newest(session, filter).Skip(Page.Skip(filter.Page)).Take(Page.Size + 1).ToListAsync(cancellationToken);
        return new AuditView(Page.Of(rows, filter.Page), await ChoicesAsync(tenantId, "by", cancellationToken), await ChoicesAsync(tenantId, "action", cancellationToken));
    }

    /// <summary>All that match, one after another.</summary>
    public async IAsyncEnumerable<AuditEntry> AllAsync(string tenantId, AuditFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        await foreach (var entry in Newest(session, filter).ToAsyncEnumerable(cancellationToken))
        {
            yield return entry;
        }
    }

    private static IQueryable<AuditEntry> Newest(IQuerySession session, AuditFilter filter)
    {
        IQueryable<AuditEntry> entries = session.Query<AuditEntry>();
        if (filter.By is { } by)
        {
            entries = entries.Where(entry => entry.By == by);
        }

        if (filter.Action is { } action)
        {
            entries = action.EndsWith('.') ? entries.Where(entry => entry.Action.StartsWith(action)) : entries.Where(entry => entry.Action == action);
        }

        if (filter.Mouth is { } mouth)
        {
            entries = entries.Where(entry => entry.Mouth == mouth);
        }

        if (filter.Subject is { } subject)
        {
            entries = entries.Where(entry => entry.Subject == subject);
        }

        if (filter.From is { } from)
        {
            var since = new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero);
            entries = entries.Where(entry => entry.At >= since);
        }

        if (filter.To is { } to)
        {
            var until = new DateTimeOffset(to.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
            entries = entries.Where(entry => entry.At < until);
        }

        return entries.OrderByDescending(entry => entry.At).ThenBy(entry => entry.Id);
    }

    /// <summary>Field is one of ours, never a person's.</summary>
    private Task<List<string>> ChoicesAsync(string tenantId, string field, CancellationToken cancellationToken) => sql.OfTenantAsync(
        tenantId, $"select data ->> '{field}' from mt_doc_audit_entries where tenant_id = @tenant group by 1 order by 1 limit {MostChoices}", row => row.GetString(0),
        new Dictionary<string, object>(), cancellationToken);
}

/// <summary>What the page shows.</summary>
/// <param name="Entries">A page of changes.</param>
/// <param name="People">All who ever changed something.</param>
/// <param name="Actions">All kinds of changes there were.</param>
public sealed record AuditView(Page<AuditEntry> Entries, IReadOnlyList<string> People, IReadOnlyList<string> Actions);

using DdocCost.App.Shell;
using DdocCost.Domain.Ingestion;
using Marten;

namespace DdocCost.App.Quarantine;

/// <summary>Reads what could not be read.</summary>
internal sealed class QuarantineReader(IDocumentStore store)
{
    /// <summary>A page, newest first.</summary>
    public async Task<Page<QuarantinedRecord>> ReadAsync(Sight sight, int page, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        var rows = await session.Query<QuarantinedRecord>().Seen(sight, record => record.AccountId)
            .OrderByDescending(record => record.FoundAt).ThenBy(record => record.Id)
            .Skip(Page.Skip(page)).Take(Page.Size + 1)
            .ToListAsync(cancellationToken);
        return Page.Of(rows, page);
    }
}

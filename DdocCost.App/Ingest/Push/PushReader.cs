using DdocCost.Domain.Ingestion;
using Marten;

namespace DdocCost.App.Ingest.Push;

/// <summary>Reads what the page of push sources shows.</summary>
internal sealed class PushReader(IDocumentStore store, PushDesk desk, IntakeStore intake)
{
    /// <summary>All push sources of a tenant and how they do.</summary>
    public async Task<PushView> ReadAsync(string tenantId, CancellationToken cancellationToken)
    {
        var sources = await desk.ListAsync(tenantId, cancellationToken);
        var tallies = await intake.TalliesAsync(tenantId, cancellationToken);
        await using var session = store.QuerySession(tenantId);
        var troubles = (await session.Query<PushTrouble>().ToListAsync(cancellationToken)).ToDictionary(trouble => trouble.Id);
        return new PushView([.. sources.Select(source => new PushRow(source, tallies.GetValueOrDefault(source.IntakeName), troubles.GetValueOrDefault(source.Id)))]);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Sources">By name.</param>
internal sealed record PushView(IReadOnlyList<PushRow> Sources);

/// <summary>A source and how it does.</summary>
/// <param name="Source">The source.</param>
/// <param name="Tally">What it brought; null for nothing yet.</param>
/// <param name="Trouble">The last refusal, or null.</param>
internal sealed record PushRow(PushSource Source, SourceTally? Tally, PushTrouble? Trouble);

using JasperFx;
using DdocCost.Domain.Anomalies;
using Marten;

namespace DdocCost.App.Anomalies;

/// <summary>Where people acknowledge cases and leave notes.</summary>
internal sealed class TriageDesk(IDocumentStore store, TimeProvider time)
{
    private const int Attempts = 5;

    /// <summary>Takes notice of a case; the first one stays.</summary>
    public Task AcknowledgeAsync(string tenantId, string caseId, string by, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, caseId, triage => triage.Acknowledged ??= new Signature(by, time.GetUtcNow()), cancellationToken);

    /// <summary>Takes it back.</summary>
    public Task WithdrawAsync(string tenantId, string caseId, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, caseId, triage => triage.Acknowledged = null, cancellationToken);

    /// <summary>Adds a note; an empty one is ignored.</summary>
    /// <exception cref="ArgumentException">It is longer than <see cref="CaseNote.Longest"/>, or there are <see cref="CaseTriage.MostNotes"/> already.</exception>
    public async Task AddNoteAsync(string tenantId, string caseId, string by, string text, CancellationToken cancellationToken)
    {
        var note = text.Trim();
        if (note.Length == 0)
        {
            return;
        }

        if (note.Length > CaseNote.Longest)
        {
            throw new ArgumentException($"A note has at most {CaseNote.Longest} characters.", nameof(text));
        }

        await ChangeAsync(tenantId, caseId, triage =>
        {
            if (triage.Notes.Count >= CaseTriage.MostNotes)
            {
                throw new ArgumentException($"A case keeps at most {CaseTriage.MostNotes} notes.", nameof(text));
            }

            triage.Notes.Add(new CaseNote(by, time.GetUtcNow(), note));
        }, cancellationToken);
    }

    private async Task ChangeAsync(string tenantId, string caseId, Action<CaseTriage> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var session = store.LightweightSession(tenantId);
            if (await session.LoadAsync<AnomalyCase>(caseId, cancellationToken) is null)
            {
                return; // another tenant's, or none: nothing to say of it
            }

            var triage = await session.LoadAsync<CaseTriage>(caseId, cancellationToken);
            change(triage ??= new CaseTriage { Id = caseId });
            session.Store(triage);
            try
            {
                await session.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (ConcurrencyException) when (attempt < Attempts)
            {
                // Two people at once: read what the other wrote and say it again.
            }
        }
    }
}

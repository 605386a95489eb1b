using DdocCost.Domain.Audit;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using Marten;
using Marten.Services;
using Npgsql;

namespace DdocCost.Domain.Anomalies;

/// <summary>
/// The one place where people decide on a case, through whichever mouth. What was said, the log entry, what is expected from now on and the
/// message to the owner of the account's lane are written in one transaction, so a decision is never half taken.
/// </summary>
public sealed class CaseDesk(NpgsqlDataSource database, IDocumentStore store, IEnumerable<ICaseListener> listeners, IEventQueue queue, TimeProvider time)
{
    private const int LongestName = 200;

    /// <summary>Decides. Repeating a decision changes nothing and is not logged again.</summary>
    /// <param name="tenantId">Whose case.</param>
    /// <param name="caseId">Which one.</param>
    /// <param name="decision">What.</param>
    /// <param name="by">Who, as signed in or as the channel knows them; cut at 200 characters.</param>
    /// <param name="mouth">Through which door.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    public async Task<DecisionOutcome> DecideAsync(
        string tenantId, string caseId, CaseDecision decision, string by, Mouth mouth, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentNullException.ThrowIfNull(decision);
        return await DecideInTurnAsync(tenantId, caseId, decision, by.Length > LongestName ? by[..LongestName] : by, mouth, cancellationToken);
    }

    /// <summary>Ends a standing expectation: reopens its case, which is how it was decided; where that is gone, removes what it left.</summary>
    public async Task ExpectNoMoreAsync(string tenantId, string expectationId, string by, Mouth mouth, CancellationToken cancellationToken)
    {
        if (await DecideAsync(tenantId, expectationId, new CaseDecision.Reopen(), by, mouth, cancellationToken) is DecisionOutcome.Done)
        {
            return;
        }

        await using var session = store.LightweightSession(tenantId);
        if (await session.LoadAsync<StandingExpectation>(expectationId, cancellationToken) is { } left)
        {
            session.Delete(left);
            session.Insert(AuditEntry.Of(time.GetUtcNow(), by, mouth, new CaseDecision.Reopen().Action, $"case/{expectationId}", "expected no more"));
            await session.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task<DecisionOutcome> DecideInTurnAsync(
        string tenantId, string caseId, CaseDecision decision, string by, Mouth mouth, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Decisions on a case come one after another, however many people decide at once; each reads what the one before it wrote.
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended($1, 0))", cancellationToken, $"case/{tenantId}/{caseId}");
        var signature = new Signature(by, time.GetUtcNow());
        var options = SessionOptions.ForTransaction(transaction);
        options.TenantId = tenantId;
        await using var session = store.LightweightSession(options);
        if (await session.LoadAsync<AnomalyCase>(caseId, cancellationToken) is not { } anomaly)
        {
            return new DecisionOutcome.NotFound(); // another tenant's, or none
        }

        // The account's row second, always: whoever holds it waits for no case.
        var sequence = decision.HasEffect() ? await AccountLane.NextAsync(connection, tenantId, anomaly.AccountId, cancellationToken) : 0;
        var before = await session.LoadAsync<CaseTriage>(caseId, cancellationToken) ?? new CaseTriage { Id = caseId };
        var (after, refusal) = before.After(decision, signature);
        if (refusal is not null)
        {
            return new DecisionOutcome.Refused(refusal);
        }

        if (ReferenceEquals(before, after))
        {
            return new DecisionOutcome.Unchanged(before);
        }

        session.Store(after);
        session.Insert(AuditEntry.Of(signature.At, by, mouth, decision.Action, $"case/{caseId}", DetailOf(decision)));
        Expect(session, anomaly, before, after);
        foreach (var listener in listeners)
        {
            listener.Decided(session, anomaly, after, decision, signature);
        }

        await session.SaveChangesAsync(cancellationToken);
        if (decision.HasEffect())
        {
            await AccountLane.SendAsync(
                queue, connection, tenantId, anomaly.AccountId, sequence, new DecisionTaken(caseId, decision, signature).ToJson(), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new DecisionOutcome.Done(after);
    }

    private static void Expect(IDocumentSession session, AnomalyCase anomaly, CaseTriage before, CaseTriage after)
    {
        if (after.Settled is { } verdict && verdict != before.Settled)
        {
            session.Store(StandingExpectation.Of(anomaly, verdict, CaseOptions.Default));
        }
        else if (after.Settled is null && before.Settled is not null)
        {
            session.Delete<StandingExpectation>(anomaly.Id);
        }
    }

    private static string DetailOf(CaseDecision decision) => decision switch
    {
        CaseDecision.Snooze snooze => $"until {snooze.Until.UtcDateTime:u}",
        CaseDecision.Expect { Scope: ExpectScope.Until, Until: { } until } => $"until {until.UtcDateTime:u}",
        CaseDecision.Expect expect => expect.Scope.ToString().ToLowerInvariant(),
        CaseDecision.Note note => note.Text,
        _ => "",
    };
}

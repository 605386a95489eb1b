using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Scoring;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Scoring;

/// <summary>Takes one event through its account: <see cref="AccountPipeline.Take"/>.</summary>
internal delegate (CostEvent Event, Alert? Alert) TakeEvent(AccountState state, ResourceEvent e, DateTimeOffset now);

/// <summary>Takes deliveries through the pipeline on the accounts in memory; stores nothing.</summary>
internal sealed class BatchScorer(
    IRawArchive archive, RecordHandOver handOver, EventCatalogue catalogue, TakeEvent takeEvent, RulesReader rules, IDocumentStore store, NpgsqlDataSource database,
    TimeProvider clock)
{
    /// <summary>With more failing records than this in a batch it is not the records that are at fault, and the batch fails.</summary>
    private const int MostFailing = 100;

    /// <summary>Reads a message's object, or takes what the intake of this process has just read of it.</summary>
    public ValueTask<ObjectReading> ReadAsync(LaneMessage message, CancellationToken cancellationToken) =>
        handOver.Take(message.Delivery) is { } held
            ? new(ObjectReading.Of(message.Delivery, held, catalogue))
            : new(ObjectReading.OfAsync(message.Delivery, archive, catalogue, cancellationToken));

    /// <summary>Scores deliveries of one lane in their order.</summary>
    /// <param name="batch">Messages with what their objects say.</param>
    /// <param name="accounts">The lane's accounts; changed.</param>
    /// <param name="cancellationToken">Stops it; the accounts must be forgotten then.</param>
    /// <exception cref="OutOfOrderException">A delivery of an account is missing before one of these.</exception>
    public async Task<ScoredBatch> ScoreAsync(
        IReadOnlyList<(LaneMessage Message, ObjectReading Reading)> batch, AccountCache accounts, CancellationToken cancellationToken)
    {
        var failing = new Dictionary<Guid, Exception>();
        while (true)
        {
            try
            {
                return await ScoreAsync(batch, accounts, failing, cancellationToken);
            }
            catch (RecordFailedException failure) when (failing.Count < MostFailing)
            {
                // One record must not sink the others: all over again, without it, from what is stored.
                failing.Add(failure.Key, failure.InnerException!);
                accounts.Clear();
            }
        }
    }

    private async Task<ScoredBatch> ScoreAsync(
        IReadOnlyList<(LaneMessage Message, ObjectReading Reading)> batch, AccountCache accounts, Dictionary<Guid, Exception> failing,
        CancellationToken cancellationToken)
    {
        var seen = await StoredAsync(batch, cancellationToken);
        var rulesOf = await rules.ReadAsync(batch.Select(pair => pair.Message.Delivery), cancellationToken);
        var scored = new Dictionary<OwnedAccount, ScoredAccount>();
        foreach (var (message, reading) in batch)
        {
            var account = await accounts.GetAsync(message.Delivery.TenantId, message.Delivery.AccountId, cancellationToken);
            if (message.Delivery.Sequence <= account.AppliedSequence)
            {
                continue; // stored already; only the message was left over
            }

            if (message.Delivery.Sequence != account.AppliedSequence + 1)
            {
                throw new OutOfOrderException(message.Delivery, account.AppliedSequence);
            }

            if (!scored.TryGetValue(account, out var result))
            {
                scored.Add(account, result = new ScoredAccount(account));
                account.State.Rules = rulesOf(message.Delivery);
            }

            if (message.Delivery.Decision is { } decision)
            {
                await DecideAsync(result, DecisionTaken.Parse(decision), cancellationToken);
            }
            else
            {
                Take(message, reading, result, seen, failing);
            }

            account.AppliedSequence = message.Delivery.Sequence;
        }

        foreach (var result in scored.Values)
        {
            result.Changes = result.Account.State.DrainChanges();
        }

        return new ScoredBatch([.. batch.Select(pair => pair.Message.Id)], [.. scored.Values]);
    }

    private async Task DecideAsync(ScoredAccount result, DecisionTaken taken, CancellationToken cancellationToken)
    {
        var account = result.Account;
        var anomaly = account.State.Cases.Find(taken.CaseId);
        if (anomaly is null)
        {
            await using var session = store.QuerySession(account.TenantId);
            anomaly = await session.LoadAsync<AnomalyCase>(taken.CaseId, cancellationToken);
        }

        // A case can be gone only where its history was removed while the decision was on its way.
        if (anomaly is not null && anomaly.AccountId == account.State.AccountId && AccountPipeline.Decide(account.State, anomaly, taken) is { } alert)
        {
            result.Alerts.Add(alert);
        }
    }

    private void Take(
        LaneMessage message, ObjectReading reading, ScoredAccount result, HashSet<(string, Guid)> seen, Dictionary<Guid, Exception> failing)
    {
        var (delivery, now) = (message.Delivery, clock.GetUtcNow());
        foreach (var e in reading.Events)
        {
            if (failing.TryGetValue(e.Key, out var error))
            {
                SetAside(result, e.Key, new RejectedRecord(
                    delivery.Name, e.Location!.Position, IsByteOffset: false, $"could not be scored: {error.Message}", $"{e.EventName} {e.EventId}"), now);
            }
            else if (!seen.Add((delivery.TenantId, e.Key)))
            {
                result.Tally.AddDuplicate();
            }
            else
            {
                Take(result, e, message.SentAt, now);
            }
        }

        foreach (var (key, rejected) in reading.Malformed)
        {
            SetAside(result, key, rejected, now);
        }

        result.Tally.AddFree(reading.Free);
    }

    private void Take(ScoredAccount result, ResourceEvent e, DateTimeOffset seenAt, DateTimeOffset now)
    {
        try
        {
            var (costEvent, alert) = takeEvent(result.Account.State, e, now);
            result.Events.Add(costEvent);
            result.Tally.Add(costEvent);
            if (alert is not null)
            {
                result.Alerts.Add(alert);
                result.Known.TryAdd(alert.CaseId, new TimeToKnow(alert.DetectedAt, seenAt, now));
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new RecordFailedException(e.Key, error);
        }
    }

    private static void SetAside(ScoredAccount result, Guid key, RejectedRecord rejected, DateTimeOffset now)
    {
        result.Tally.AddQuarantined(1);
        // The record's own key, so that the record found in another delivery is the same piece.
        result.Quarantined.Add(new QuarantinedRecord { Id = key, AccountId = result.Account.State.AccountId, Rejected = rejected, FoundAt = now });
    }

    /// <summary>Which of the batch's events are stored already, from another delivery.</summary>
    private async Task<HashSet<(string Tenant, Guid Key)>> StoredAsync(
        IReadOnlyList<(LaneMessage Message, ObjectReading Reading)> batch, CancellationToken cancellationToken)
    {
        var stored = new HashSet<(string, Guid)>();
        foreach (var tenant in batch.GroupBy(pair => pair.Message.Delivery.TenantId))
        {
            var keys = tenant.SelectMany(pair => pair.Reading.Events).Select(e => e.Key).Distinct().ToArray();
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            var found = await CostEventRows.StoredAsync(connection, tenant.Key, keys, cancellationToken);
            stored.UnionWith(found.Select(key => (tenant.Key, key)));
        }

        return stored;
    }
}

using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Domain.Ledger;

/// <summary>Stores what a batch changed in ledgers: several documents for each cost event.</summary>
public static class LedgerRows
{
    private static readonly DocumentRows<RunningResource> Running =
        new DocumentRows<RunningResource>("running_resources", resource => resource.Id).Text("account_id", resource => resource.AccountId);

    private static readonly DocumentRows<EndedResource> Ended =
        new DocumentRows<EndedResource>("ended_resources", resource => resource.Id).Text("account_id", resource => resource.AccountId);

    private static readonly DocumentRows<SpendHour> Hours =
        new DocumentRows<SpendHour>("spend_hours", hour => hour.Id).Text("account_id", hour => hour.AccountId).Time("hour", hour => hour.Hour);

    /// <summary>Adds to a batch: what runs and what ended. Definitions, which are few, are left to the session.</summary>
    public static void Store(NpgsqlBatch batch, ISerializer serializer, string tenantId, IReadOnlyCollection<LedgerChanges> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Running.Delete(batch, tenantId, [.. changes.SelectMany(ledger => ledger.Ended)]);
        Running.Store(batch, serializer, tenantId, [.. changes.SelectMany(ledger => ledger.Started)]);
        Ended.Delete(batch, tenantId, [.. changes.SelectMany(ledger => ledger.Forgotten)]);
        Ended.Store(batch, serializer, tenantId, [.. changes.SelectMany(ledger => ledger.Remembered)]);
    }

    /// <summary>Adds to a batch: these increments on top of the hours that are stored.</summary>
    public static async Task StoreAsync(
        NpgsqlBatch batch, NpgsqlConnection connection, ISerializer serializer, string tenantId, IReadOnlyCollection<SpendHour> increments, CancellationToken cancellationToken)
    {
        var stored = await Hours.ReadAsync(connection, serializer, tenantId, [.. increments.Select(hour => hour.Id)], cancellationToken);
        var byId = stored.ToDictionary(hour => hour.Id);
        Hours.Store(batch, serializer, tenantId, [.. increments.Select(increment => byId.TryGetValue(increment.Id, out var hour) ? hour.And(increment) : increment)]);
    }
}

using System.Text.Json;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Storage;

namespace DdocCost.Tests.Ledger;

/// <summary>Keeps a ledger's documents as the store does: as JSON, by id, changed only by what the ledger says changed.</summary>
internal sealed class LedgerStore
{
    private static readonly JsonSerializerOptions json = Options();

    private readonly SortedDictionary<string, string> running = [], definitions = [], ended = [];

    public SortedDictionary<string, SpendHour> Hours { get; } = [];

    public void Save(LedgerChanges changes)
    {
        Put(running, changes.Started, resource => resource.Id);
        Delete(running, changes.Ended);
        Put(definitions, changes.Definitions, definition => definition.Id);
        Delete(definitions, changes.ForgottenDefinitions);
        Put(ended, changes.Remembered, end => end.Id);
        Delete(ended, changes.Forgotten);
        foreach (var more in changes.Hours)
        {
            var hour = Hours.GetValueOrDefault(more.Id) ?? more with { AddedUsdPerHour = 0, NetUsdPerHour = 0, OneTimeUsd = 0, Events = 0 };
            Hours[more.Id] = hour with
            {
                AddedUsdPerHour = hour.AddedUsdPerHour + more.AddedUsdPerHour,
                NetUsdPerHour = hour.NetUsdPerHour + more.NetUsdPerHour,
                OneTimeUsd = hour.OneTimeUsd + more.OneTimeUsd,
                Events = hour.Events + more.Events,
            };
        }
    }

    public ResourceLedger Load() => new(Trail.Account, All<RunningResource>(running), All<ResourceDefinition>(definitions), All<EndedResource>(ended));

    /// <summary>All documents as text.</summary>
    public string Text => string.Join('\n', running.Values.Concat(definitions.Values).Concat(ended.Values).Concat(Hours.Values.Select(hour => Write(hour with
    {
        // Sums keep the scale of their summands; the store adds numbers, not texts.
        AddedUsdPerHour = Math.Round(hour.AddedUsdPerHour, 9), NetUsdPerHour = Math.Round(hour.NetUsdPerHour, 9),
    }))));

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, json);

    // The last document first: the order in which a store answers must not matter.
    private static IEnumerable<T> All<T>(SortedDictionary<string, string> documents) => documents.Values.Reverse().Select(text => JsonSerializer.Deserialize<T>(text, json)!);

    private static void Put<T>(SortedDictionary<string, string> documents, IEnumerable<T> changed, Func<T, string> idOf)
    {
        foreach (var document in changed)
            documents[idOf(document)] = Write(document);
    }

    private static void Delete(SortedDictionary<string, string> documents, IEnumerable<string> ids)
    {
        foreach (var id in ids)
            documents.Remove(id);
    }

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        StoreSetup.Json(options);
        return options;
    }
}

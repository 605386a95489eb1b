using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <summary>Gathers what is to be added to the stored hours.</summary>
internal sealed class SpendHours(string accountId)
{
    private readonly Dictionary<string, SpendHour> increments = new(StringComparer.Ordinal);

    /// <summary>Adds to the hour that a moment lies in.</summary>
    public void Add(string service, Actor actor, DateTimeOffset moment, decimal added, decimal net, decimal oneTime, int events)
    {
        if (added == 0 && net == 0 && oneTime == 0 && events == 0)
            return;
        var hour = new DateTimeOffset(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        var id = $"{accountId}/{LedgerId.Name(service)}/{LedgerId.Name(actor.Id)}/{hour:yyyy-MM-ddTHH}";
        var increment = new SpendHour
        {
            Id = id, AccountId = accountId, Service = service, Actor = actor, Hour = hour,
            AddedUsdPerHour = added, NetUsdPerHour = net, OneTimeUsd = oneTime, Events = events,
        };
        increments[id] = increments.TryGetValue(id, out var known) ? known.And(increment) : increment;
    }

    /// <summary>Increments since the last call, in the order of their ids.</summary>
    public IReadOnlyList<SpendHour> Drain()
    {
        SpendHour[] drained = [.. increments.Values.OrderBy(hour => hour.Id, StringComparer.Ordinal)];
        increments.Clear();
        return drained;
    }
}

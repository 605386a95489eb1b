using DdocCost.Jobs.Demo.Incidents;

namespace DdocCost.Jobs.Demo;

/// <summary>Which incidents a history holds. The first week is calm, so that a detector can learn.</summary>
public static class HistoryPlan
{
    private const double CalmDays = 7;

    /// <summary>The history that a newcomer sees: most incidents are over, two still run.</summary>
    /// <param name="start">First day of the history, UTC.</param>
    /// <param name="days">How long it is; what would lie beyond it is left out.</param>
    public static IEnumerable<PlannedIncident> ForDemo(DateTimeOffset start, int days) =>
        new PlannedIncident[]
        {
            At(8, 2.7, new CryptoMining(), hours: 7),
            At(10, 10.4, new WrongInstanceSize(), hours: 22),
            At(13, 14.2, new NetworkSprawl(), hours: 20),
            At(15, 15.8, new ForgottenLoadTest(), hours: 62),
            At(19, 9.1, new WarehouseResize(), hours: 5),
            At(21, 18.5, new ServiceTimesHundred(), hours: 3),
            At(23, 8.3, new LeakingRunners(), hours: 6),
            At(26, 13.6, new HugeVolume(), hours: null),
            At(27, 8.9, new ForgottenGpuNotebook(), hours: null),
        }.Select(i => i with { At = start + (i.At - DateTimeOffset.UnixEpoch) }).Where(i => i.At < start.AddDays(days));

    /// <summary>Incidents of all scenarios in turn, spread over the time after the calm days, each cleaned up after some hours.</summary>
    public static IEnumerable<PlannedIncident> Spread(ulong seed, DateTimeOffset start, int days, int incidents, World world)
    {
        var dice = Dice.For(seed, "plan");
        var deck = world.Incidents.OrderBy(_ => dice.Next()).ToList();
        var span = Math.Max(0, days - CalmDays) * 0.9;
        return Enumerable.Range(0, incidents).Select(n => new PlannedIncident(
            deck[n % deck.Count],
            start.AddDays(CalmDays + (span * (n + dice.Between(0.1, 0.9)) / incidents)),
            TimeSpan.FromHours(dice.Between(3, 60))));
    }

    private static PlannedIncident At(int day, double hour, Incident incident, double? hours) =>
        new(incident, DateTimeOffset.UnixEpoch.AddDays(day).AddHours(hour), hours is null ? null : TimeSpan.FromHours(hours.Value));
}

/// <summary>An incident with its time.</summary>
/// <param name="Incident">Which.</param>
/// <param name="At">Its first call, UTC.</param>
/// <param name="CleanUpAfter">How long after its last call somebody ends it, or null if nobody does.</param>
public sealed record PlannedIncident(Incident Incident, DateTimeOffset At, TimeSpan? CleanUpAfter);

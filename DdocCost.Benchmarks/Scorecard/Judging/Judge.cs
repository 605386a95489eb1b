using DdocCost.Benchmarks.Scorecard.Corpora;
using DdocCost.Benchmarks.Scorecard.Detectors;

namespace DdocCost.Benchmarks.Scorecard.Judging;

/// <summary>Compares alerts with what truly happened.</summary>
/// <remarks>
/// An alert belongs to an incident when it shares an event with it, or, where an incident unfolds slowly, when it is of its account and falls
/// within it. Only alerts that interrupt a person count. The first week holds no incident.
/// </remarks>
internal static class Judge
{
    public static readonly TimeSpan WarmUp = TimeSpan.FromDays(7);

    public static Outcome Of(AnswerKey key, IEnumerable<Raised> alerts)
    {
        var incidentOf = key.Incidents.SelectMany(incident => incident.EventIds.Select(id => (id, incident))).ToLookup(pair => pair.id, pair => pair.incident);
        var decoyOf = key.Decoys.SelectMany(decoy => decoy.EventIds.Select(id => (id, decoy.Scenario))).ToLookup(pair => pair.id, pair => pair.Scenario);
        var first = new Dictionary<string, DateTimeOffset>();
        var (wrong, decoys) = (new List<Raised>(), new Dictionary<string, int>());
        var (right, early) = (0, 0);
        foreach (var alert in alerts.Where(alert => alert.Interrupts))
        {
            var hit = alert.EventIds.SelectMany(id => incidentOf[id]).Distinct().ToList();
            if (hit.Count == 0)
            {
                hit = [.. key.Incidents.Where(i => i.Kind == LabelledIncident.Drift && i.Account == alert.Account && i.Start <= alert.At && alert.At <= i.End)];
            }

            foreach (var incident in hit)
            {
                right++;
                first[incident.Id] = first.TryGetValue(incident.Id, out var known) && known < alert.At ? known : alert.At;
            }

            if (hit.Count > 0)
            {
                continue;
            }

            if (alert.At < key.Start + WarmUp)
            {
                early++;
                continue;
            }

            wrong.Add(alert);
            foreach (var scenario in alert.EventIds.SelectMany(id => decoyOf[id]).Distinct())
            {
                decoys[scenario] = decoys.GetValueOrDefault(scenario) + 1;
            }
        }

        return new Outcome
        {
            Incidents = [.. key.Incidents.Select(incident => Meet(incident, first.TryGetValue(incident.Id, out var at) ? at : null))],
            TrueAlerts = right,
            FalseAlerts = wrong,
            WarmUpAlerts = early,
            Decoys = decoys,
            Accounts = key.Accounts.Count,
            AccountWeeks = (key.Days - WarmUp.TotalDays) / 7 * key.Accounts.Count,
        };
    }

    private static Met Meet(LabelledIncident incident, DateTimeOffset? told)
    {
        // Who reads yesterday's bill at noon would have known then.
        var bill = new DateTimeOffset(incident.Start.UtcDateTime.Date, TimeSpan.Zero).AddHours(36);
        var until = told < bill ? told.Value : bill;
        return new Met(incident, told, CostUntil(until) + (told is null ? incident.OneTimeUsd : 0), CostUntil(bill) + incident.OneTimeUsd);

        double CostUntil(DateTimeOffset time) => Math.Max(0, ((time < incident.End ? time : incident.End) - incident.Start).TotalHours) * incident.UsdPerHour;
    }
}

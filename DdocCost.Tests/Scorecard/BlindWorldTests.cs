using DdocCost.Benchmarks.Scorecard.Beyond;
using DdocCost.Benchmarks.Scorecard.Corpora;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;

namespace DdocCost.Tests.Scorecard;

/// <summary>The key to the blind world is right: what is labelled costs what its label says, at the product's prices. The detector has no part in it.</summary>
public sealed class BlindWorldTests
{
    private const double WorthUsdPerDay = 50;

    [Fact]
    public void Every_incident_costs_what_its_label_says_and_is_worth_an_alert()
    {
        var corpus = CorpusSet.Simulated("blind", "", BeyondWorlds.Blind).Read(21)!;
        var ledgers = corpus.Key.Accounts.ToDictionary(account => account.Id, account => new ResourceLedger(account.Id, [], [], []));
        var added = corpus.InOrder().ToDictionary(e => e.EventId, e => ledgers[e.AccountId].Apply(e));

        Assert.Equal(BeyondWorlds.Blind.Incidents.Count, corpus.Key.Incidents.DistinctBy(incident => incident.Scenario).Count());
        Assert.All(corpus.Key.Incidents, incident =>
        {
            CostedEvent[] events = [.. incident.EventIds.Where(added.ContainsKey).Select(id => added[id])];
            Assert.All(events, costed => Assert.True(costed.IsPriced || costed.Event.Action == ResourceAction.Define, $"{incident.Scenario}: {costed.Event.EventName}"));
            var found = (double)events.Sum(costed => costed.AddedUsdPerHour);
            Assert.True(Math.Abs(found - incident.UsdPerHour) < 0.03 * found, $"{incident.Scenario} costs {found:0.000}, its label says {incident.UsdPerHour:0.000}");
            Assert.InRange(24 * found, WorthUsdPerDay, double.MaxValue);
        });
    }
}

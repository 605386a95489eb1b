using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Scoring;

/// <summary>An account in which two people start something small on working days and stop it in the evening.</summary>
internal static class Sandbox
{
    /// <summary>When it begins, UTC.</summary>
    public static readonly DateTimeOffset Monday = Happening.Monday;

    /// <summary>When three weeks of it are over, UTC.</summary>
    public static readonly DateTimeOffset FourthWeek = Monday.AddDays(21);

    /// <summary>A scorer that has seen three weeks of it.</summary>
    public static AccountScorer New()
    {
        var scorer = new AccountScorer(Happening.Account, [], null);
        foreach (var happening in ThreeWeeks())
        {
            scorer.Score(happening.ToCostedEvent());
        }

        return scorer;
    }

    public static IEnumerable<Happening> ThreeWeeks()
    {
        for (var day = 0; day < 21; day++)
        {
            if (day % 7 >= 5)
            {
                continue;
            }

            var morning = Monday.AddDays(day).AddHours(9);
            var first = new Happening { Id = $"first{day}", Time = morning, UsdPerHour = 0.1m, Exposure = 0.1m };
            var second = new Happening { Id = $"second{day}", Time = morning.AddHours(day % 3), Actor = "role/Developer/bob", UsdPerHour = 0.2m, Exposure = 0.3m };
            yield return first;
            yield return second;
            yield return Happening.StopOf(first, morning.AddHours(6 + (day % 2)));
            yield return Happening.StopOf(second, morning.AddHours(8));
        }
    }

    /// <summary>Something that alice starts, unless told otherwise.</summary>
    public static CostedEvent At(
        DateTimeOffset time, decimal usdPerHour, string id = "event", string actor = "role/Developer/alice", string region = "eu-west-1", ActorKind kind = ActorKind.Person) =>
        new Happening { Id = id, Time = time, UsdPerHour = usdPerHour, Actor = actor, Region = region, Kind = kind }.ToCostedEvent();
}

using System.Text.Json;
using CsCheck;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Scoring;

/// <summary>What an account's scorer and cases keep: exactly restorable, bounded, and not to be upset by any input.</summary>
public sealed class ScorerStateTests
{
    private static readonly Gen<Happening[]> Histories =
        Gen.Select(Gen.Int[0, 40_000], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Double[0, 40], Gen.Int[0, 9])
            .Array[1, 60]
            .Select(draws => draws.OrderBy(draw => draw.Item1).Select(Drawn).SelectMany(WithItsStop).ToArray());

    [Fact]
    public void Restoring_it_at_any_point_changes_no_verdict_and_no_case() =>
        Gen.Select(Histories, Gen.Int[0, 60]).Sample(
            (history, at) =>
            {
                var whole = new Account();
                var split = new Account();
                for (var i = 0; i < history.Length; i++)
                {
                    if (i == at)
                    {
                        split.SaveAndLoad();
                    }

                    Assert.Equal(whole.Take(history[i]), split.Take(history[i]));
                }

                Assert.Equal(whole.State(), split.State());
            },
            seed: "as30JZ0Fuzl9", // first an alert on a whole account, which takes money of other types out
            iter: 300);

    [Fact]
    public void Ten_thousand_new_actors_a_day_stay_within_bounds()
    {
        var account = new Account();
        for (var i = 0; i < 10_000; i++)
        {
            account.Take(new Happening { Id = $"e{i}", Time = Happening.Monday.AddSeconds(8 * i), Actor = $"role/ephemeral-{i}", Region = $"region-{i % 500}" });
        }

        Assert.InRange(account.State().Length, 1, 700_000);
    }

    [Fact]
    public void One_actor_with_any_number_of_resource_types_stays_within_bounds()
    {
        var account = new Account();
        for (var i = 0; i < 5_000; i++)
        {
            account.Take(new Happening { Id = $"e{i}", Time = Happening.Monday.AddSeconds(8 * i), Type = $"made:up-{i}" });
        }

        Assert.InRange(account.Baselines, 1, 513);
        account.SaveAndLoad();
        account.Take(new Happening { Id = "more", Time = Happening.Monday.AddDays(1), Type = "made:up-more" });
        Assert.InRange(account.Baselines, 1, 513);
    }

    [Fact]
    public void No_amount_and_no_clock_upsets_it() =>
        Gen.Select(
                OneOf(0m, -5m, 0.1m, decimal.MaxValue, decimal.MinValue, 1e20m),
                OneOf<double?>(null, 0, -1, double.NaN, double.PositiveInfinity, 4),
                OneOf(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, Happening.Monday, Happening.Monday.AddYears(70)))
            .Array[1, 20]
            .Sample(odd =>
            {
                var account = new Account();
                foreach (var (usd, hours, time) in odd)
                {
                    account.Take(new Happening { Id = $"e{usd}{hours}{time.Ticks}", Time = time, UsdPerHour = usd, OneTimeUsd = usd, MaxHours = hours, Exposure = usd });
                    account.SaveAndLoad();
                }
            });

    [Fact]
    public void What_cannot_be_believed_is_noted_on_the_event()
    {
        var scorer = Sandbox.New();
        var now = Happening.Monday.AddDays(21);

        Assert.Contains("its time (2096", Context(new Happening { Id = "future", Time = now.AddYears(70) }), StringComparison.Ordinal);
        Assert.Contains("its price cannot be believed", Context(new Happening { Id = "absurd", Time = now, UsdPerHour = 1e20m }), StringComparison.Ordinal);
        Assert.DoesNotContain("believed", Context(new Happening { Id = "plain", Time = now }), StringComparison.Ordinal);

        string Context(Happening happening) => scorer.Score(happening.ToCostedEvent()).Components.Single(component => component.Name == "context").Text;
    }

    [Fact]
    public void One_event_from_the_future_does_not_blind_it()
    {
        var scorer = Sandbox.New();
        var now = Happening.Monday.AddDays(21);
        scorer.Score(new Happening { Id = "future", Time = now.AddYears(70) }.ToCostedEvent());

        var verdict = scorer.Score(new Happening { Id = "dear", Time = now.AddHours(1), UsdPerHour = 26 }.ToCostedEvent());

        Assert.Equal(Severity.Critical, verdict.Severity);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Happening Drawn((int Minute, int Actor, int Type, int Region, double Usd, int Action) draw) => new()
    {
        Id = $"{draw.Minute}-{draw.Actor}-{draw.Type}-{draw.Usd:R}",
        Time = Happening.Monday.AddMinutes(draw.Minute),
        Actor = $"role/actor-{draw.Actor}",
        Kind = draw.Actor < 2 ? ActorKind.Automation : ActorKind.Person,
        Type = $"ec2:type-{draw.Type}",
        Region = $"region-{draw.Region}",
        UsdPerHour = (decimal)(draw.Usd * draw.Usd / 40),
        Action = draw.Action switch { 0 => ResourceAction.None, 1 => ResourceAction.OneTime, _ => ResourceAction.Start },
        OneTimeUsd = draw.Action == 1 ? 100 : 0,
        MaxHours = draw.Action == 2 ? 4 : null,
        Exposure = (decimal)draw.Usd,
    };

    private static IEnumerable<Happening> WithItsStop(Happening start) => start.Action == ResourceAction.Start && start.Time.Minute % 2 == 0
        ? [start, Happening.StopOf(start, start.Time.AddMinutes(10))]
        : [start];

    /// <summary>An account's scorer and cases, with their documents as JSON beside them as a store would hold them.</summary>
    private sealed class Account
    {
        private readonly SortedDictionary<string, string> documents = new(StringComparer.Ordinal);
        private AccountScorer scorer = new(Happening.Account, [], null);
        private CaseBook cases = new(Happening.Account, []);

        public int Baselines
        {
            get
            {
                Save();
                return documents.Keys.Count(key => key.StartsWith("baseline", StringComparison.Ordinal));
            }
        }

        public string Take(Happening happening)
        {
            var e = happening.ToCostedEvent();
            var verdict = scorer.Score(e);
            return JsonSerializer.Serialize((verdict, cases.Enter(e, verdict)), Fields);
        }

        public string State()
        {
            Save();
            return string.Join("\n", documents.Select(document => $"{document.Key} {document.Value}"));
        }

        public void SaveAndLoad()
        {
            Save();
            scorer = new AccountScorer(Happening.Account, [.. All<Baseline>("baseline")], All<AccountProfile>("profile").SingleOrDefault());
            cases = new CaseBook(Happening.Account, [.. All<AnomalyCase>("case").Where(anomaly => !anomaly.IsClosed)]);
        }

        private static readonly JsonSerializerOptions Fields = new() { IncludeFields = true };

        private void Save()
        {
            var (baselines, profile) = scorer.DrainChanges();
            foreach (var baseline in baselines)
            {
                documents["baseline " + baseline.Id] = JsonSerializer.Serialize(baseline);
            }

            if (profile is not null)
            {
                documents["profile"] = JsonSerializer.Serialize(profile);
            }

            foreach (var anomaly in cases.DrainChanges())
            {
                documents["case " + anomaly.Id] = JsonSerializer.Serialize(anomaly);
            }
        }

        private IEnumerable<T> All<T>(string kind) => documents
            .Where(document => document.Key.StartsWith(kind, StringComparison.Ordinal))
            .Select(document => JsonSerializer.Deserialize<T>(document.Value)!);
    }
}

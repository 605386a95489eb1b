using CsCheck;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Scoring;

/// <summary>What grows twentyfold by small steps is told long before, and what only varies is never taken for it.</summary>
public sealed class GrowthTests
{
    private const int Settled = 10;
    private static readonly DateTimeOffset FourthWeek = Happening.Monday.AddDays(21);
    private static readonly DetectionOptions Options = DetectionOptions.Default;

    // Dollars a day to begin with, growth a day, and how many times as much it may be when it is told.
    [Theory]
    [InlineData(48, 0.01, 5)]
    [InlineData(48, 0.02, 5)]
    [InlineData(48, 0.05, 5)]
    [InlineData(48, 0.08, 5)]
    [InlineData(12, 0.01, 7)]
    [InlineData(12, 0.02, 7)]
    [InlineData(12, 0.05, 7.1)]
    [InlineData(12, 0.08, 7)]
    public void Tells_what_a_person_adds_and_stops_every_day(double usdPerDay, double perDay, double most)
    {
        Assert.InRange(TimesWhenTold(usdPerDay, perDay, ActorKind.Person), 1.5, most);
        Assert.InRange(TimesWhenTold(usdPerDay, perDay, ActorKind.Person, noise: 0.1), 1.5, most);
    }

    // Such a job has eight hours' dollars at risk.
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.02)]
    [InlineData(0.05)]
    [InlineData(0.08)]
    public void Tells_a_job_that_ends_after_eight_hours(double perDay)
    {
        Assert.InRange(TimesWhenTold(48, perDay, ActorKind.Automation), 1.5, 10);
        Assert.InRange(TimesWhenTold(48, perDay, ActorKind.Automation, noise: 0.1), 1.5, 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(1)]
    public void Tells_no_growth_in_a_year_of_days_that_only_vary(double noise) =>
        Gen.Int[0, 1_000_000].Sample(
            seed => Assert.Equal(double.PositiveInfinity, TimesWhenTold(48, 0, ActorKind.Person, noise, seed, days: 365, isGrowth: true)),
            iter: 8,
            threads: 1);

    [Fact]
    public void Says_how_much_was_usual_before()
    {
        var told = Days(48, 0.01, ActorKind.Person, 0, 1, 400).First(day => day.Verdict.Severity >= Severity.Warning && IsGrowth(day.Verdict)).Verdict.Components[0];

        Assert.Equal(("drift", "USD/day"), (told.Name, told.Unit));
        Assert.InRange(told.Mean!.Value, 35, 70);
        Assert.InRange(told.Value, 130, 300);
    }

    [Fact]
    public void Begins_anew_once_it_was_told()
    {
        var told = Days(48, 0.01, ActorKind.Person, 0, 1, 300).Where(day => day.Verdict.Severity >= Severity.Warning).Select(day => day.Times).ToList();

        Assert.InRange(told[0], 3, 5);
        Assert.DoesNotContain(told, times => times > told[0] * 1.1 && times < told[0] * 2);
    }

    [Fact]
    public void Leaves_its_growth_out_of_how_much_days_differ()
    {
        var growing = Enumerable.Range(1, 60).Aggregate(
            (Growth: default(Growth), Days: default(Moments)),
            (known, day) => (known.Growth.With(0.1 * day, known.Days, known.Days.Add(0.1 * day), Options).After(TimeSpan.FromDays(1), Options), known.Days.Add(0.1 * day)));
        var norm = Expectation.OfMoney(Options).After(growing.Days, Options);
        var before = growing.Growth.Before(norm, Options);

        Assert.True(norm.Variation > 1, $"{norm.Variation}");
        Assert.InRange(before.Variation, 0.4, 0.5);
        Assert.Equal(norm.Centre - growing.Growth.Rise, before.Centre, 12);
    }

    [Fact]
    public void Is_no_growth_where_it_doubles_in_a_year() =>
        Assert.DoesNotContain(Days(48, Math.Log(2) / 365, ActorKind.Person, 0, 1, 730), day => IsGrowth(day.Verdict) && day.Verdict.Severity > Severity.None);

    private static bool IsGrowth(Verdict verdict) => verdict.Components.Count > 0 && verdict.Components[0].Text.Contains("by small steps", StringComparison.Ordinal);

    /// <summary>How many times as much it is when it is told, on its way to twenty times.</summary>
    private static double TimesWhenTold(double usdPerDay, double perDay, ActorKind kind, double noise = 0, int seed = 1, int? days = null, bool isGrowth = false) =>
        Days(usdPerDay, perDay, kind, noise, seed, days ?? Settled + (int)(Math.Log(20) / perDay))
            .Where(day => day.Verdict.Severity >= Severity.Warning && (!isGrowth || IsGrowth(day.Verdict)))
            .Select(day => day.Times)
            .FirstOrDefault(double.PositiveInfinity);

    /// <summary>Something is started every morning and stopped in the evening; it grows after ten days.</summary>
    private static IEnumerable<(double Times, Verdict Verdict)> Days(double usdPerDay, double perDay, ActorKind kind, double noise, int seed, int days)
    {
        var (scorer, dice) = (Sandbox.New(), new Random(seed));
        for (var day = 0; day < days; day++)
        {
            var times = Math.Exp(perDay * Math.Max(0, day - Settled));
            var rate = usdPerDay / 24 * times * Math.Exp(noise * Normal(dice));
            var start = new Happening { Id = $"grown{day}", Time = FourthWeek.AddDays(day).AddHours(9), UsdPerHour = (decimal)rate, Actor = "role/grower", Kind = kind };
            var verdict = scorer.Score(start.ToCostedEvent());
            scorer.Score(Happening.StopOf(start, start.Time.AddHours(8)).ToCostedEvent());
            if (day >= Settled)
            {
                yield return (times, verdict);
            }
        }
    }

    private static double Normal(Random dice) => Math.Sqrt(-2 * Math.Log(1 - dice.NextDouble())) * Math.Cos(2 * Math.PI * dice.NextDouble());
}

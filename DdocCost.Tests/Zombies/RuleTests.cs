using DdocCost.Domain.Zombies;

namespace DdocCost.Tests.Zombies;

/// <summary>Each rule against a zombie, something alive and its traps (<see cref="RuleCases"/>); and what must hold for every rule.</summary>
public sealed class RuleTests
{
    public static TheoryData<string> Rules => [.. RuleCatalogue.All.Select(rule => rule.Id)];

    public static TheoryData<string, string> Living => [.. RuleCases.All.SelectMany(of => of.Alive.Select(one => (of.Rule, one.Name)))];

    public static TheoryData<string, string> Trapped => [.. RuleCases.All.SelectMany(of => of.Traps.Select(one => (of.Rule, one.Name)))];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Finds_its_zombie_and_says_what_to_do(string rule)
    {
        var ruling = RuleCases.Of(rule).Zombie().Judge();

        Assert.True(ruling.Answer.IsYes, ruling.Stop?.Words ?? ruling.Answer.Reason ?? "the answer is no");
        Assert.DoesNotContain('{', ruling.Sighting!.Criterion);
        Assert.NotEmpty(ruling.Sighting.Steps);
        Assert.All(ruling.Sighting.Steps, step => Assert.StartsWith("aws ", step.Command, StringComparison.Ordinal));
        var saving = ruling.Sighting.Saving;
        Assert.True(saving.UsdPerMonth is > 0 || RuleCases.Of(rule).IsUnpriced, saving.Note ?? "the saving is nothing");
    }

    [Theory]
    [MemberData(nameof(Living))]
    public void Leaves_alone_what_is_alive(string rule, string what)
    {
        var ruling = RuleCases.Of(rule).Alive.Single(one => one.Name == what).Scene().Judge();

        Assert.True(ruling.Answer.IsNo || (RuleCases.Of(rule).IsOfAgeAlone && ruling.Stop?.Reason == StopReason.TooYoung), ruling.Answer.ToString());
    }

    [Theory]
    [MemberData(nameof(Trapped))]
    public void Does_not_fall_into_its_traps(string rule, string what) =>
        Assert.False(RuleCases.Of(rule).Traps.Single(one => one.Name == what).Scene().Judge().Answer.IsYes, what);

    [Fact]
    public void Every_rule_has_a_zombie_something_alive_and_a_trap() =>
        Assert.All(RuleCatalogue.All, rule => Assert.True(RuleCases.Of(rule.Id) is { Alive.Count: > 0, Traps.Count: > 0 }, rule.Id));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Asks_nothing_of_what_has_a_keep_tag(string rule) =>
        Assert.Equal(StopReason.KeepTag, RuleCases.Of(rule).Zombie().With(r => r with { Tags = new Dictionary<string, string> { ["Keep"] = "TRUE" } }).Judge().Stop?.Reason);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Does_not_judge_what_is_younger_than_its_window(string rule)
    {
        var ruling = RuleCases.Of(rule).Zombie().Created(0.01).Past(Past.Unknown).Judge();

        Assert.True(ruling.Rule.JudgesYoung || ruling.Stop?.Reason == StopReason.TooYoung || !ruling.Answer.IsYes);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Takes_no_metric_that_could_not_be_read_for_nothing(string rule)
    {
        foreach (var metric in RuleCatalogue.Find(rule)!.Metrics)
        {
            var scene = RuleCases.Of(rule).Zombie().Broken(metric.Name);
            if (RuleCases.Of(rule).DecidesWithout.Contains(metric.Name))
                continue;
            var ruling = scene.Judge();
            Assert.True(!ruling.Answer.IsYes && !ruling.Answer.IsNo, $"{metric.Name}: {ruling.Answer}");
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Takes_a_missing_day_for_nothing_only_where_the_metric_is_sparse(string rule)
    {
        foreach (var metric in RuleCatalogue.Find(rule)!.Metrics.Where(metric => !metric.IsSparse && !RuleCases.Of(rule).DecidesWithout.Contains(metric.Name)))
            Assert.False(RuleCases.Of(rule).Zombie().Metric(metric.Name, day => day % 4 == 0 ? null : 0).Judge().Answer.IsYes, metric.Name);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Says_not_enough_data_where_what_it_reads_besides_was_not_scanned(string rule)
    {
        foreach (var kind in RuleCatalogue.Find(rule)!.AlsoReads.Where(kind => !RuleCases.Of(rule).ReadsForMoney.Contains(kind.Name)))
        {
            var ruling = RuleCases.Of(rule).Zombie().Failed(kind).Judge();
            Assert.True(!ruling.Answer.IsYes && !ruling.Answer.IsNo, $"{kind.Name}: {ruling.Answer}");
        }
    }

    [Fact]
    public void Are_at_least_a_hundred_in_thirty_services() =>
        Assert.True(RuleCatalogue.All.Count >= 100 && RuleCatalogue.Services.Count >= 30, $"{RuleCatalogue.All.Count} rules, {RuleCatalogue.Services.Count} services");

    [Theory]
    [MemberData(nameof(Rules))]
    public void Is_consistent_in_itself(string id)
    {
        var rule = RuleCatalogue.Find(id)!;

        Assert.All(rule.Thresholds, threshold => Assert.True(threshold.Allows(threshold.Default) && threshold.Allows(threshold.Least) && threshold.Allows(threshold.Most), threshold.ToString()));
        Assert.Equal(rule.Metrics.Count, rule.Metrics.Select(metric => metric.Name).Distinct().Count());
        Assert.All(rule.Thresholds, threshold => Assert.Contains($"{{{threshold.Name}}}", rule.Criterion, StringComparison.Ordinal));
        Assert.Equal(rule.IsDerived, rule.Source.StartsWith("derived", StringComparison.Ordinal));
    }

    [Fact]
    public void A_threshold_out_of_bounds_falls_back_to_the_default()
    {
        var rule = RuleCatalogue.Find("EC2-01")!;
        var setting = RuleSetting.Default(rule) with { Values = new Dictionary<string, double> { ["cpu"] = 9000, ["days"] = 21.5 } };

        Assert.Equal((5, 14), (setting.ValueOf(rule, "cpu"), setting.DaysOf(rule)));
    }

    [Fact]
    public void A_rule_that_is_off_judges_nothing() =>
        Assert.Equal(StopReason.RuleIsOff, RuleCases.Of("EBS-01").Zombie().Judge(new RuleSetting { Id = "EBS-01", IsOn = false }).Stop?.Reason);
}

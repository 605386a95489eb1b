using CsCheck;
using DdocCost.Domain.Zombies;

namespace DdocCost.Tests.Zombies;

/// <summary>The parts that all rules share: three-valued logic, gates, metrics, the life of a finding, double counts, steps.</summary>
public sealed class LifeTests
{
    private static readonly DateTimeOffset Now = RuleScene.Now;

    private static readonly Gen<Answer> AnAnswer = Gen.Int[0, 2].Select(kind => kind switch { 0 => Answer.No, 1 => Answer.Unclear("x"), _ => Answer.Yes });

    [Fact]
    public void Answers_follow_Kleenes_logic() => Gen.Select(AnAnswer, AnAnswer, AnAnswer).Sample((a, b, c) =>
        (a & b) == (b & a) && (a | b) == (b | a) && ((a & b) & c) == (a & (b & c)) && !(a & b) == (!a | !b) && !!a == a && (a & Answer.No).IsNo && (a | Answer.Yes).IsYes && (a & Answer.Yes) == a);

    [Fact]
    public void What_is_not_known_is_neither_more_nor_less_nor_nothing()
    {
        var unknown = Reading.Unknown("CloudWatch was silent");

        Assert.All([unknown < 5, unknown > 5, unknown <= 5, unknown >= 5, unknown.IsZero], answer => Assert.Equal("CloudWatch was silent", answer.Reason));
    }

    [Theory]
    [InlineData("keep", "true", "keep=true", true)]
    [InlineData("KEEP", "True", "keep=true", true)]
    [InlineData("keep", "no", "keep=true", false)]
    [InlineData("dd0c:keep", "", "dd0c:keep", true)]
    [InlineData("dd0c:keep", "false", "dd0c:keep", false)]
    [InlineData("keeper", "true", "keep", false)]
    public void A_keep_tag_is_a_key_or_a_key_with_its_value(string key, string value, string wanted, bool kept) =>
        Assert.Equal(kept, Gates.KeptBy(RuleScene.Made(Kinds.Volume, "v") with { Tags = new Dictionary<string, string> { [key] = value } }, [wanted]) is not null);

    [Theory]
    [InlineData("aws:autoscaling:groupName", "web", "autoscaling:web")]
    [InlineData("eks:cluster-name", "main", "eks:main")]
    [InlineData("kubernetes.io/cluster/main", "owned", "kubernetes:main")]
    [InlineData("aws:cloudformation:stack-name", "shop", "cloudformation:shop")]
    [InlineData("ManagedBy", "Terraform Cloud", "terraform:state")]
    [InlineData("Name", "web", null)]
    public void Tags_tell_the_owner(string key, string value, string? owner) => Assert.Equal(owner, Owners.Of(new Dictionary<string, string> { [key] = value }));

    [Theory]
    [InlineData(14, 14, false)]
    [InlineData(13, 14, false)]
    [InlineData(12, 14, true)]
    public void Nine_days_in_ten_must_have_a_value(int there, int days, bool isGap)
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var series = new MetricSeries([.. Enumerable.Range(1, there).Select(ago => new DayValue(today.AddDays(-ago), 1)).Reverse()]);

        Assert.Equal(isGap, series.Gap("CPU", days, Now) is not null);
    }

    [Fact]
    public void A_member_without_values_does_not_hide_behind_the_others()
    {
        var day = new DateOnly(2026, 6, 1);
        var (some, none) = (new MetricSeries([new DayValue(day, 3)]), MetricSeries.Empty);

        Assert.Empty(MetricSeries.Together([some, none], Statistic.Sum, sparse: false).Days);
        Assert.Equal(3, Assert.Single(MetricSeries.Together([some, none], Statistic.Sum, sparse: true).Days).Value);
    }

    [Fact]
    public void Two_scans_that_lie_apart_make_a_zombie()
    {
        var first = Seen(null, Now);
        var soon = Seen(first, Now.AddHours(1));
        var later = Seen(soon, Now.AddHours(7));

        Assert.Equal([FindingState.New, FindingState.New, FindingState.Confirmed], [first.State, soon.State, later.State]);
        Assert.Equal(Now, later.FirstSeenAt);
    }

    [Fact]
    public void What_is_kept_stays_so_until_its_date_and_what_is_gone_may_come_back()
    {
        var zombie = Seen(Seen(null, Now), Now.AddDays(1));
        var kept = FindingLife.Kept(zombie, new Keep("audit", Now.AddDays(10), "carol", Now.AddDays(1)));
        Assert.Equal(FindingState.Kept, Seen(kept, Now.AddDays(9)).State);
        Assert.Equal(FindingState.Confirmed, Seen(kept, Now.AddDays(11)).State);
        Assert.Equal(FindingState.Confirmed, FindingLife.Released(kept, "dave", Now.AddDays(2)).State);

        var gone = FindingLife.Gone(zombie, Now.AddDays(2), "deleted");
        var back = Seen(gone, Now.AddDays(20));
        Assert.Equal((FindingState.Gone, FindingState.CameBack), (gone.State, back.State));
        Assert.True(back.IdleSince >= gone.GoneAt && back.WastedBeforeUsd > 0, "the time it was gone is not wasted");
        Assert.Equal(FindingState.Confirmed, Seen(back, Now.AddDays(21)).State);
        Assert.Same(gone, FindingLife.Gone(gone, Now.AddDays(3), "again"));
    }

    [Fact]
    public void Waste_grows_with_time_and_stops_when_it_is_gone()
    {
        var zombie = Seen(null, Now) with { Saving = Saving.None with { UsdPerMonth = 73 }, IdleSince = Now.AddHours(-10) };

        Assert.Equal(1.0m, zombie.WastedUntil(Now));
        Assert.Equal(1.0m, FindingLife.Gone(zombie, Now, "x").WastedUntil(Now.AddDays(9)));
        Assert.Null((zombie with { Saving = Saving.Unpriced("?") }).WastedUntil(Now));
    }

    [Fact]
    public void No_dollar_counts_twice()
    {
        var instance = Finding("EC2-03", "i-1", 30) with { Covers = ["vol-1"] };
        var (volume, other, weaker) = (Finding("EBS-02", "vol-1", 20), Finding("EBS-01", "vol-2", 5), Finding("EBS-03", "vol-2", 4));

        var resolved = DoubleCounts.Resolve([volume, instance, other, weaker]).ToDictionary(finding => finding.RuleId);

        Assert.Equal((instance.Id, null, null, other.Id), (resolved["EBS-02"].CountedIn, resolved["EC2-03"].CountedIn, resolved["EBS-01"].CountedIn, resolved["EBS-03"].CountedIn));
        Assert.Equal(35, resolved.Values.Sum(finding => finding.CountedUsdPerMonth));
    }

    [Fact]
    public void Of_two_that_cover_each_other_one_counts() => Gen.Select(Gen.Int[1, 50], Gen.Int[1, 50]).Sample((a, b) =>
        DoubleCounts.Resolve([Finding("A", "x", a) with { Covers = ["y"] }, Finding("B", "y", b) with { Covers = ["x"] }]).Sum(finding => finding.CountedUsdPerMonth) > 0);

    [Theory]
    [InlineData("web server's", "'web server'\\''s'")]
    [InlineData("$(reboot)", "'$(reboot)'")]
    [InlineData("a;b", "'a;b'")]
    public void A_name_is_one_word_of_a_command(string name, string word) =>
        Assert.Equal($"aws rds stop-db-instance --region eu-west-1 --db-instance-identifier {word}", Step(name)?.Command);

    [Theory]
    [InlineData("--help")]
    [InlineData("a\nreboot")]
    [InlineData("file:///etc/passwd")]
    public void A_name_that_cannot_be_quoted_gets_no_command(string name) => Assert.Null(Step(name));

    private static NextStep? Step(string id) => new Remedy("Stop", "rds stop-db-instance --db-instance-identifier {id}", "").For(RuleScene.Made(Kinds.Database, id));

    private static ZombieFinding Seen(ZombieFinding? before, DateTimeOffset at)
    {
        var ruling = RuleCases.Of("EBS-01").Zombie().Judge();
        return FindingLife.Seen(before, ruling with { Sighting = ruling.Sighting! with { IdleSince = at.AddDays(-7) } }, at, TimeSpan.FromHours(6));
    }

    private static ZombieFinding Finding(string rule, string resource, decimal usd) => Seen(null, Now) with
    {
        Id = $"{rule}/{resource}", RuleId = rule, ResourceId = resource, State = FindingState.Confirmed, Saving = Saving.None with { UsdPerMonth = usd },
    };
}

using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.Scoring;

namespace DdocCost.Tests.Anomalies;

public sealed class CaseBookTests
{
    private static readonly DateTimeOffset Noon = Happening.Monday.AddHours(12);

    private readonly CaseBook book = new(Happening.Account, []);

    [Fact]
    public void Says_nothing_of_what_is_ordinary()
    {
        var (caseId, alert) = book.Enter(Start("a", Noon), Verdict.Quiet);

        Assert.Null(caseId);
        Assert.Null(alert);
        Assert.Empty(book.DrainChanges());
    }

    [Fact]
    public void Opens_a_case_and_tells_it_once_for_all_events_of_a_cause()
    {
        var alerts = Enumerable.Range(0, 20).Select(i => book.Enter(Start($"e{i}", Noon.AddMinutes(i), usd: 10), Loud()).Alert).ToArray();

        Assert.NotNull(alerts[0]);
        Assert.All(alerts[1..], Assert.Null);
        var anomaly = Assert.Single(book.DrainChanges());
        Assert.Equal((20, 200m, 200m), (anomaly.EventCount, anomaly.UsdPerHour, anomaly.PeakUsdPerHour));
        Assert.Equal(["20 × ec2:instance m5.large"], anomaly.What);
        Assert.Equal(Noon, anomaly.StartedAt);
    }

    [Fact]
    public void Speaks_again_when_it_becomes_more_severe()
    {
        book.Enter(Start("a", Noon), Loud(Severity.Info));

        Assert.Equal(Severity.Warning, book.Enter(Start("b", Noon.AddMinutes(1)), Loud(Severity.Warning)).Alert?.Severity);
        Assert.Null(book.Enter(Start("c", Noon.AddMinutes(2)), Loud(Severity.Info)).Alert);
    }

    [Fact]
    public void Becomes_critical_when_many_small_things_together_are()
    {
        var verdict = Loud() with { CriticalFromUsd = 240 };
        var alerts = Enumerable.Range(0, 12).Select(i => book.Enter(Start($"e{i}", Noon.AddMinutes(i), usd: 1), verdict).Alert).ToArray();

        Assert.Equal(Severity.Critical, alerts[9]!.Severity);
        Assert.Equal(2, alerts.Count(alert => alert is not null));
    }

    [Fact]
    public void Speaks_again_when_it_has_doubled_and_was_silent_for_a_while()
    {
        book.Enter(Start("a", Noon, usd: 10), Loud());

        Assert.Null(book.Enter(Start("soon", Noon.AddMinutes(10), usd: 10), Loud()).Alert);
        Assert.NotNull(book.Enter(Start("later", Noon.AddHours(7), usd: 1), Loud()).Alert);
        Assert.Null(book.Enter(Start("little", Noon.AddHours(14), usd: 1), Loud()).Alert);
    }

    [Fact]
    public void Opens_another_case_for_the_same_cause_next_week()
    {
        var first = book.Enter(Start("a", Noon), Loud()).CaseId;

        Assert.NotEqual(first, book.Enter(Start("b", Noon.AddDays(7)), Loud()).CaseId);
    }

    [Fact]
    public void Joins_what_the_same_actor_does_next()
    {
        var first = book.Enter(Start("a", Noon), Loud()).CaseId;

        Assert.Equal(first, book.Enter(Start("b", Noon.AddMinutes(30)), Loud(cause: "role/Developer/alice|rds:db")).CaseId);
    }

    [Fact]
    public void Joins_what_a_service_does_shortly_after_somebody_but_not_what_somebody_else_does()
    {
        var first = book.Enter(Start("a", Noon), Loud()).CaseId;

        Assert.Equal(first, book.Enter(Start("b", Noon.AddMinutes(5), "service/autoscaling", ActorKind.AwsService), Loud(cause: "asg")).CaseId);
        Assert.NotEqual(first, book.Enter(Start("c", Noon.AddMinutes(6), "role/Developer/bob"), Loud(cause: "bob")).CaseId);
    }

    [Fact]
    public void Takes_in_what_led_up_to_it()
    {
        var earlier = new Contribution("before", Noon.AddHours(-1), "role/Developer/alice", "ec2:instance", "eu-west-1", "m5.large", 1, 2, 0, ["i-before"]);

        var alert = book.Enter(Start("a", Noon, usd: 10), Loud() with { Earlier = [earlier] }).Alert!;

        Assert.Equal(["before", "a"], alert.EventIds);
        Assert.Equal(12, alert.UsdPerHour);
        var anomaly = Assert.Single(book.Open);
        Assert.Equal(2, anomaly.SpentUsd);
        Assert.Equal(Noon.AddHours(-1), anomaly.StartedAt);
    }

    [Fact]
    public void Lowers_and_closes_when_what_it_is_about_stops_and_knows_what_was_spent()
    {
        var first = new Happening { Id = "a", Time = Noon, UsdPerHour = 10 };
        var second = new Happening { Id = "b", Time = Noon.AddHours(1), UsdPerHour = 30 };
        book.Enter(first.ToCostedEvent(), Loud());
        book.Enter(second.ToCostedEvent(), Loud());

        book.Enter(Happening.StopOf(second, Noon.AddHours(2)).ToCostedEvent(), Verdict.Quiet);
        Assert.Equal(10, Assert.Single(book.Open).UsdPerHour);
        var (caseId, alert) = book.Enter(Happening.StopOf(first, Noon.AddHours(3)).ToCostedEvent(), Verdict.Quiet);

        Assert.Empty(book.Open);
        Assert.Null(alert);
        var closed = Assert.Single(book.DrainChanges());
        Assert.Equal(caseId, closed.Id);
        Assert.Equal(Noon.AddHours(3), closed.ClosedAt);
        Assert.Equal(10 + 40 + 10, closed.SpentUsd);
        Assert.Equal(closed.SpentUsd, closed.SpentUntil(Noon.AddDays(9)));
    }

    [Fact]
    public void Closes_by_itself_when_what_runs_has_come_to_its_limit()
    {
        book.Enter(new Happening { Id = "job", Time = Noon, UsdPerHour = 10, MaxHours = 4 }.ToCostedEvent(), Loud());

        book.Enter(Start("other", Noon.AddHours(9)), Verdict.Quiet);

        var closed = Assert.Single(book.DrainChanges());
        Assert.Equal((Noon.AddHours(4), 40m), (closed.ClosedAt, closed.SpentUsd));
    }

    [Fact]
    public void Counts_what_led_up_to_it_only_until_it_ends_by_itself()
    {
        var earlier = Contribution.Of(new Happening { Id = "before", Time = Noon.AddHours(-1), UsdPerHour = 15, MaxHours = 4 }.ToCostedEvent());
        var verdict = Loud() with { Earlier = [earlier], CriticalFromUsd = 240 };

        var alert = book.Enter(new Happening { Id = "job", Time = Noon, UsdPerHour = 15, MaxHours = 4 }.ToCostedEvent(), verdict).Alert!;

        Assert.Equal(Severity.Warning, alert.Severity);
        Assert.Equal(Noon.AddHours(4), Assert.Single(book.Open).EndsBy);
    }

    [Fact]
    public void Comes_to_the_same_case_when_events_are_late()
    {
        var (a, b) = (Start("a", Noon, usd: 10), Start("b", Noon.AddMinutes(10), usd: 20));
        var reversed = new CaseBook(Happening.Account, []);
        book.Enter(a, Loud());
        book.Enter(b, Loud());
        reversed.Enter(b, Loud());
        reversed.Enter(a, Loud());

        var (inOrder, late) = (Assert.Single(book.Open), Assert.Single(reversed.Open));

        Assert.Equal((inOrder.UsdPerHour, inOrder.StartedAt, inOrder.LastEventAt, inOrder.EventCount), (late.UsdPerHour, late.StartedAt, late.LastEventAt, late.EventCount));
        Assert.Equal(inOrder.SpentUsd, late.SpentUsd, 9);
    }

    [Fact]
    public void Names_a_case_by_its_content()
    {
        var again = new CaseBook(Happening.Account, []);

        Assert.Equal(book.Enter(Start("a", Noon), Loud()).CaseId, again.Enter(Start("a", Noon), Loud()).CaseId);
    }

    [Fact]
    public void Collapses_a_storm_into_the_latest_case()
    {
        var cases = Enumerable.Range(0, 300)
            .Select(i => book.Enter(Start($"e{i}", Noon.AddHours(2 * i), $"role/actor-{i}"), Loud(cause: $"cause-{i}")).CaseId)
            .ToHashSet();

        Assert.Equal(CaseOptions.Default.MostOpen, cases.Count);
    }

    [Fact]
    public void Says_who_what_where_how_much_and_what_is_usual()
    {
        ScoreComponent[] components =
        [
            new("rate", 99, 6_240, 9.6, 2, 12, "USD/day", "added within the hour"),
            new("novelty", 90, 4, null, null, 100, "nats", "first time here: sa-east-1"),
        ];
        var e = new Happening { Id = "a", Time = Noon, Actor = "user/deploy-bot", Region = "sa-east-1", Size = "g5.48xlarge", Quantity = 16, UsdPerHour = 260 };

        var alert = book.Enter(e.ToCostedEvent(), Loud(Severity.Critical) with { Components = components }).Alert!;

        Assert.Equal("deploy-bot started 16 × g5.48xlarge in sa-east-1: $260/h, usually $0.4/h (first time here: sa-east-1)", alert.Title);
    }

    private static CostedEvent Start(string id, DateTimeOffset time, string actor = "role/Developer/alice", ActorKind kind = ActorKind.Person, decimal usd = 1) =>
        new Happening { Id = id, Time = time, Actor = actor, Kind = kind, UsdPerHour = usd }.ToCostedEvent();

    private static Verdict Loud(Severity severity = Severity.Warning, string cause = "role/Developer/alice|ec2:instance") =>
        new(80, severity, 500, [], cause);
}

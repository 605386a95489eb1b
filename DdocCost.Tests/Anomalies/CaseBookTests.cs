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
    public void Lets_what_was_only_shown_grow_into_what_is_told_and_counts_it_once()
    {
        var first = Start("a", Noon, usd: 2);
        var shown = book.Enter(first, Loud(Severity.Info)).CaseId;

        var (caseId, alert) = book.Enter(Start("b", Noon.AddHours(20), usd: 3), Loud(cause: "account") with { Earlier = [Contribution.Of(first)] });

        Assert.Equal(shown, caseId);
        Assert.Equal(["a", "b"], alert!.EventIds);
        Assert.Equal(5, alert.UsdPerHour);
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
    public void Speaks_again_soon_only_when_it_has_multiplied()
    {
        book.Enter(Start("a", Noon, usd: 10), Loud());

        Assert.Null(book.Enter(Start("b", Noon.AddHours(2), usd: 60), Loud()).Alert); // 7 times: not 8 after two hours
        Assert.NotNull(book.Enter(Start("c", Noon.AddHours(2).AddMinutes(1), usd: 20), Loud()).Alert);
    }

    [Fact]
    public void Something_new_by_the_same_actor_is_a_case_of_its_own_though_the_old_one_goes_on()
    {
        var first = book.Enter(Start("a", Noon), Loud()).CaseId;
        for (var i = 1; i <= 48; i++)
        {
            book.Enter(Start($"e{i}", Noon.AddMinutes(30 * i), usd: 0.01m), Loud()); // a day of ordinary launches of the same cause
        }

        var (caseId, alert) = book.Enter(Start("new", Noon.AddHours(24).AddMinutes(10), usd: 5), Loud(cause: "role/Developer/alice|rds:db"));

        Assert.NotEqual(first, caseId);
        Assert.NotNull(alert);
    }

    [Fact]
    public void News_upon_news_is_one_story_however_long_it_takes()
    {
        var cases = Enumerable.Range(0, 12).Select(i => book.Enter(Start($"e{i}", Noon.AddMinutes(50 * i)), Loud(cause: $"role/Developer/alice|type{i}")).CaseId);

        Assert.Single(cases.Distinct());
    }

    [Fact]
    public void What_was_acknowledged_is_silent_until_its_money_doubles()
    {
        var id = book.Enter(Start("a", Noon, usd: 10), Loud()).CaseId!;
        Decide(id, new CaseDecision.Acknowledge(), Noon.AddMinutes(1));

        Assert.Null(book.Enter(Start("louder", Noon.AddMinutes(2), usd: 9), Loud(Severity.Critical)).Alert);
        Assert.NotNull(book.Enter(Start("twice", Noon.AddMinutes(3), usd: 1), Loud()).Alert);
        Assert.Null(book.Enter(Start("more", Noon.AddHours(9), usd: 19), Loud()).Alert);
        Assert.NotNull(book.Enter(Start("four times", Noon.AddHours(9), usd: 1), Loud()).Alert);
    }

    [Fact]
    public void What_is_snoozed_speaks_again_afterwards_by_the_ordinary_rule()
    {
        var id = book.Enter(Start("a", Noon, usd: 10), Loud()).CaseId!;
        Decide(id, new CaseDecision.Snooze(Noon.AddHours(4)), Noon.AddMinutes(1));

        Assert.Null(book.Enter(Start("louder", Noon.AddHours(3), usd: 1), Loud(Severity.Critical)).Alert);
        Assert.NotNull(book.Enter(Start("after", Noon.AddHours(5), usd: 1), Loud(Severity.Critical)).Alert);
    }

    [Fact]
    public void When_a_snooze_is_over_what_still_runs_is_told_again_once()
    {
        var id = book.Enter(Start("a", Noon, usd: 10), Loud()).CaseId!;
        Decide(id, new CaseDecision.Snooze(Noon.AddHours(4)), Noon.AddMinutes(1));

        var alert = Decide(id, new CaseDecision.Unsnooze(IsOver: true), Noon.AddHours(4));

        Assert.Equal(("its snooze is over and it still runs", Noon.AddHours(4), 10m), (alert!.Why, alert.DetectedAt, alert.UsdPerHour));
        Assert.Null(Decide(id, new CaseDecision.Unsnooze(IsOver: true), Noon.AddHours(4)));
    }

    [Fact]
    public void A_snooze_that_ends_over_something_acknowledged_or_stopped_tells_nothing()
    {
        var first = new Happening { Id = "a", Time = Noon, UsdPerHour = 10 };
        var id = book.Enter(first.ToCostedEvent(), Loud()).CaseId!;
        Decide(id, new CaseDecision.Snooze(Noon.AddHours(4)), Noon.AddMinutes(1));
        Decide(id, new CaseDecision.Acknowledge(), Noon.AddMinutes(2));
        Assert.Null(Decide(id, new CaseDecision.Unsnooze(IsOver: true), Noon.AddHours(4)));

        Decide(id, new CaseDecision.Withdraw(), Noon.AddHours(5));
        Decide(id, new CaseDecision.Snooze(Noon.AddHours(9)), Noon.AddHours(5));
        book.Enter(Happening.StopOf(first, Noon.AddHours(6)).ToCostedEvent(), Verdict.Quiet);
        Assert.Null(Decide(id, new CaseDecision.Unsnooze(IsOver: true), Noon.AddHours(9)));
    }

    [Fact]
    public void What_was_withdrawn_is_as_if_it_had_never_been_said()
    {
        var id = book.Enter(Start("a", Noon, usd: 10), Loud()).CaseId!;
        var before = book.Find(id);
        Decide(id, new CaseDecision.Acknowledge(), Noon.AddMinutes(1));
        Decide(id, new CaseDecision.Snooze(Noon.AddHours(4)), Noon.AddMinutes(1));
        Decide(id, new CaseDecision.Unsnooze(), Noon.AddMinutes(2));
        Decide(id, new CaseDecision.Withdraw(), Noon.AddMinutes(2));

        Assert.Equal(before, book.Find(id));
    }

    [Fact]
    public void What_is_settled_is_closed_with_what_it_cost_until_then_and_opens_again_with_what_still_runs()
    {
        var id = book.Enter(Start("a", Noon, usd: 10), Loud()).CaseId!;
        Decide(id, new CaseDecision.Expect(ExpectScope.Once), Noon.AddHours(2));
        var settled = book.Find(id)!;
        Decide(id, new CaseDecision.Reopen(), Noon.AddHours(5), ("a-1", 10));
        var reopened = Assert.Single(book.Open);

        Assert.Equal((CaseEnd.Expected, Noon.AddHours(2), 20m, 20m), (settled.End, settled.ClosedAt, settled.SpentUsd, settled.SpentUntil(Noon.AddHours(9))));
        Assert.Equal((CaseEnd.Stopped, null, 10m, 50m), (reopened.End, reopened.ClosedAt, reopened.UsdPerHour, reopened.SpentUsd));
    }

    private Alert? Decide(string id, CaseDecision decision, DateTimeOffset at, params (string Id, decimal UsdPerHour)[] running) =>
        book.Decide(book.Find(id)!, new DecisionTaken(id, decision, new Signature("bob", at)), () => running);

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
    public void What_is_made_smaller_again_lowers_the_case_of_its_having_grown_and_what_ends_lowers_both()
    {
        var start = new Happening { Id = "a", Time = Noon, UsdPerHour = 2 };
        var growth = (start with { Id = "b", Time = Noon.AddDays(9), UsdPerHour = 150, Action = ResourceAction.Change }).ToCostedEvent();
        var shown = book.Enter(start.ToCostedEvent(), Loud(Severity.Info)).CaseId;
        var told = book.Enter(growth with { Event = growth.Event with { Changes = [growth.Event.Changes[0] with { ResourceIds = ["i-a"] }] } }, Loud(cause: "resize")).CaseId;
        Assert.NotEqual(shown, told);

        Assert.Equal(told, Shrink("half", hours: 1, usd: 100, runsOn: true));
        Assert.Equal([(shown, 2m), (told, 50m)], book.Open.Select(anomaly => ((string?)anomaly.Id, anomaly.UsdPerHour)));
        Assert.Equal(told, Shrink("whole", hours: 2, usd: 52, runsOn: false));
        Assert.Empty(book.Open);

        string? Shrink(string id, int hours, decimal usd, bool runsOn) => book.Enter(
            (start with
            {
                Id = id, Time = Noon.AddDays(9).AddHours(hours), UsdPerHour = -usd, Action = ResourceAction.Change,
                Stopped = [new StoppedResource("i-a", usd, start.Id) { Since = Noon, RunsOn = runsOn }],
            }).ToCostedEvent(),
            Verdict.Quiet).CaseId;
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

using CsCheck;
using DdocCost.Domain.Anomalies;

namespace DdocCost.Tests.Anomalies;

/// <summary>The rules of deciding, for any sequence of decisions.</summary>
public sealed class CaseTriageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly CaseTriage Fresh = new() { Id = "case" };

    private static readonly Gen<CaseDecision> Decisions = Gen.OneOf(
        Gen.Const<CaseDecision>(new CaseDecision.Acknowledge()),
        Gen.Const<CaseDecision>(new CaseDecision.Withdraw()),
        Gen.Int[-10, 3000].Select(hours => (CaseDecision)new CaseDecision.Snooze(Noon.AddHours(hours))),
        Gen.Const<CaseDecision>(new CaseDecision.Unsnooze()),
        Gen.Select(Gen.Enum<ExpectScope>(), Gen.Int[-10, 10_000], (scope, hours) => (CaseDecision)new CaseDecision.Expect(scope, Noon.AddHours(hours))),
        Gen.Const<CaseDecision>(new CaseDecision.Wrong()),
        Gen.Const<CaseDecision>(new CaseDecision.Reopen()),
        Gen.String[0, 20].Select(text => (CaseDecision)new CaseDecision.Note(text)));

    private static readonly Gen<(CaseDecision Decision, Signature Signature)[]> Histories =
        Gen.Select(Decisions, Gen.OneOf(Gen.Const("alice"), Gen.Const("bob")), Gen.Int[0, 600], (decision, by, minutes) => (decision, new Signature(by, Noon.AddMinutes(minutes)))).Array[0, 30];

    [Fact]
    public void Deciding_twice_is_deciding_once() => Histories.Select(Decisions).Sample((history, decision) =>
    {
        var once = After(history).After(decision, new Signature("alice", Noon)).Triage;

        Assert.Same(once, once.After(decision, new Signature("alice", Noon.AddSeconds(1))).Triage);
    });

    [Fact]
    public void Every_decision_can_be_undone() => Histories.Sample(history =>
    {
        var signature = new Signature("alice", Noon);
        CaseDecision[] undo = [new CaseDecision.Withdraw(), new CaseDecision.Unsnooze(), new CaseDecision.Reopen()];

        var undone = undo.Aggregate(After(history), (triage, decision) => triage.After(decision, signature).Triage);

        Assert.Equal((null, null, null), (undone.Acknowledged, undone.Snoozed, undone.Settled));
    });

    [Fact]
    public void What_is_refused_changes_nothing_and_says_why() => Histories.Select(Decisions).Sample((history, decision) =>
    {
        var before = After(history);
        var (after, refusal) = before.After(decision, new Signature("alice", Noon.AddDays(1)));

        Assert.True(refusal is null || (ReferenceEquals(before, after) && refusal.Length > 0));
    });

    [Fact]
    public void Notes_are_only_ever_added() => Histories.Select(Decisions).Sample((history, decision) =>
    {
        var before = After(history);
        var after = before.After(decision, new Signature("alice", Noon)).Triage;

        Assert.Equal(before.Notes, after.Notes.Take(before.Notes.Count));
    });

    [Theory]
    [InlineData(-1, "passed")]
    [InlineData(0, "passed")]
    [InlineData((24 * 90) + 1, "90 days")]
    public void A_snooze_into_the_past_or_too_far_is_refused(int hours, string why)
    {
        var (_, refusal) = Fresh.After(new CaseDecision.Snooze(Noon.AddHours(hours)), new Signature("alice", Noon));

        Assert.Contains(why, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Expected_until_needs_a_date() =>
        Assert.Contains("missing", Fresh.After(new CaseDecision.Expect(ExpectScope.Until), new Signature("alice", Noon)).Refusal, StringComparison.Ordinal);

    [Fact]
    public void The_first_acknowledgement_stays_until_it_is_taken_back()
    {
        var first = Fresh.After(new CaseDecision.Acknowledge(), new Signature("alice", Noon)).Triage;

        Assert.Equal("alice", first.After(new CaseDecision.Acknowledge(), new Signature("bob", Noon)).Triage.Acknowledged!.By);
    }

    [Fact]
    public void A_decision_travels_as_it_is() => Decisions.Sample(decision =>
    {
        var taken = new DecisionTaken("case", decision, new Signature("ali ce\u0001", Noon.AddTicks(1)));

        Assert.Equal(taken, DecisionTaken.Parse(taken.ToJson()));
    });

    private static CaseTriage After((CaseDecision Decision, Signature Signature)[] history) =>
        history.Aggregate(Fresh, (triage, step) => triage.After(step.Decision, step.Signature).Triage);
}

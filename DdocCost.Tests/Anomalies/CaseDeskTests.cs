using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Jobs.Anomalies;
using DdocCost.Tests.App;
using DdocCost.Tests.Support;
using Marten;

namespace DdocCost.Tests.Anomalies;

/// <summary>Deciding on a case: on a real database, through the durable pipeline.</summary>
public sealed class CaseDeskTests(PostgresServer postgres) : IDisposable
{
    private static readonly CaseDecision Acknowledge = new CaseDecision.Acknowledge();
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_decision_reaches_the_case_through_the_accounts_lane()
    {
        await using var pipeline = await PipelineAsync(Some.Case());
        await pipeline.StartAsync();

        Assert.IsType<DecisionOutcome.Done>(await DecideAsync(pipeline, Acknowledge));
        await pipeline.DrainedAsync("t");

        var acknowledged = (await CaseAsync(pipeline)).Acknowledged;
        Assert.Equal(("alice", 417.02m * 24), (acknowledged!.By, acknowledged.UsdWithinDay));
        Assert.Contains(pipeline.Live.Updates, update => update.Cases.Any(anomaly => anomaly.Acknowledged is not null));
    }

    [Fact]
    public async Task A_case_that_is_expected_is_closed_and_expects_the_like_until_it_is_opened_again()
    {
        await using var pipeline = await PipelineAsync(
            Some.Case(running: ["i-1", "i-2"]) with { Parts = [new CasePart(Some.Alice.Id, "ec2:instance", "sa-east-1")] },
            Some.Running("i-1", usdPerHour: 10));
        await pipeline.StartAsync();

        await DecideAsync(pipeline, new CaseDecision.Expect(ExpectScope.Always));
        await pipeline.DrainedAsync("t");
        var closed = await CaseAsync(pipeline);
        var expectation = Assert.Single(await pipeline.DocumentsAsync<StandingExpectation>("t"));
        await DecideAsync(pipeline, new CaseDecision.Reopen());
        await pipeline.DrainedAsync("t");
        var reopened = await CaseAsync(pipeline);

        Assert.Equal((true, CaseEnd.Expected), (closed.IsClosed, closed.End));
        Assert.Equal((null, 417.02 * 24 * 2), (expectation.Until, expectation.MostUsdWithinDay));
        Assert.True(expectation.Covers(new CasePart(Some.Alice.Id, "ec2:instance", "eu-west-1")));
        Assert.Empty(await pipeline.DocumentsAsync<StandingExpectation>("t"));
        // i-2 is not in the ledger: it stopped meanwhile.
        Assert.Equal((false, 10m, "i-1"), (reopened.IsClosed, reopened.UsdPerHour, Assert.Single(reopened.RunningResourceIds)));
    }

    [Fact]
    public async Task A_decision_on_a_closed_case_is_kept_and_does_not_open_it()
    {
        await using var pipeline = await PipelineAsync(Some.Case(closedAt: Some.Now));
        await pipeline.StartAsync();

        await DecideAsync(pipeline, new CaseDecision.Wrong());
        await pipeline.DrainedAsync("t");

        var anomaly = await CaseAsync(pipeline);
        Assert.Equal((CaseEnd.Wrong, true), (anomaly.End, anomaly.IsClosed));
    }

    [Fact]
    public async Task Repeating_a_decision_changes_nothing_sends_nothing_and_is_not_logged_again()
    {
        await using var pipeline = await PipelineAsync(Some.Case());

        await DecideAsync(pipeline, Acknowledge);
        var again = await DecideAsync(pipeline, Acknowledge, by: "bob");

        Assert.Equal("alice", Assert.IsType<DecisionOutcome.Unchanged>(again).Triage.Acknowledged!.By);
        Assert.Equal(1, await pipeline.ScalarAsync<long>("select sent_seq from pipeline.accounts"));
        Assert.Single(await pipeline.DocumentsAsync<AuditEntry>("t"));
    }

    [Fact]
    public async Task Every_decision_is_logged_with_who_what_and_through_which_mouth()
    {
        await using var pipeline = await PipelineAsync(Some.Case());
        var until = DateTimeOffset.UtcNow.AddHours(1);

        await DecideAsync(pipeline, new CaseDecision.Snooze(until), "U024BE7LH", Mouth.Slack);
        await DecideAsync(pipeline, new CaseDecision.Note("looking"), "bob", Mouth.Mail);

        var log = (await pipeline.DocumentsAsync<AuditEntry>("t")).OrderBy(entry => entry.At).ToList();
        Assert.Equal(
            [("U024BE7LH", Mouth.Slack, "case.snooze", "case/case-1", $"until {until.UtcDateTime:u}"), ("bob", Mouth.Mail, "case.note", "case/case-1", "looking")],
            log.Select(entry => (entry.By, entry.Mouth, entry.Action, entry.Subject, entry.Detail)));
    }

    [Fact]
    public async Task Another_tenants_case_is_not_found_and_nothing_is_written()
    {
        await using var pipeline = await PipelineAsync(Some.Case());

        var outcome = await pipeline.Get<CaseDesk>().DecideAsync("another", "case-1", Acknowledge, "mallory", Mouth.Page, Stop);

        Assert.IsType<DecisionOutcome.NotFound>(outcome);
        Assert.Equal(0, await pipeline.ScalarAsync<long>(
            "select (select count(*) from mt_doc_case_triage) + (select count(*) from mt_doc_audit_entries) + (select count(*) from pipeline.accounts)"));
    }

    [Fact]
    public async Task The_clock_ends_a_snooze_and_what_still_runs_is_told_again()
    {
        var over = DateTimeOffset.UtcNow.AddSeconds(-1);
        await using var pipeline = await PipelineAsync(
            Some.Case() with { Snoozed = new CaseHush("alice", Some.Now, 10, over) },
            new CaseTriage { Id = "case-1", Snoozed = new CaseSnooze(over, new Signature("alice", Some.Now)) },
            Some.Case("other"), new CaseTriage { Id = "other", Snoozed = new CaseSnooze(over.AddHours(1), new Signature("alice", Some.Now)) });
        await pipeline.StartAsync();

        var job = new SnoozeJob(pipeline.Get<Npgsql.NpgsqlDataSource>(), pipeline.Get<CaseDesk>(), TimeProvider.System);
        await job.RunAsync(Stop);
        await job.RunAsync(Stop);
        await pipeline.DrainedAsync("t");

        var triage = await pipeline.DocumentsAsync<CaseTriage>("t");
        Assert.Equal(["other"], triage.Where(said => said.Snoozed is not null).Select(said => said.Id));
        await Eventually.TrueAsync(() => Task.FromResult(!pipeline.Live.Updates.IsEmpty), "the update");
        Assert.Equal(["case-1"], pipeline.Live.Updates.SelectMany(update => update.Alerts).Select(alert => alert.CaseId));
        Assert.Equal(("the clock", Mouth.Schedule), Assert.Single(await pipeline.DocumentsAsync<AuditEntry>("t")) is var entry ? (entry.By, entry.Mouth) : default);
    }

    [Fact]
    public async Task A_refused_decision_writes_nothing()
    {
        await using var pipeline = await PipelineAsync(Some.Case());

        var outcome = await DecideAsync(pipeline, new CaseDecision.Note(new string('x', CaseNote.Longest + 1)));

        Assert.Contains("at most", Assert.IsType<DecisionOutcome.Refused>(outcome).Reason, StringComparison.Ordinal);
        Assert.Empty(await pipeline.DocumentsAsync<AuditEntry>("t"));
    }

    [Fact]
    public async Task What_several_people_say_at_once_is_all_kept()
    {
        await using var pipeline = await PipelineAsync(Some.Case());
        CaseDecision[] decisions =
            [Acknowledge, new CaseDecision.Snooze(Some.Now.AddHours(5)), .. Enumerable.Range(0, 20).Select(i => new CaseDecision.Note($"note {i}"))];

        await Task.WhenAll(decisions.Select((decision, i) => DecideAsync(pipeline, decision, $"p{i}")));

        var triage = Assert.Single(await pipeline.DocumentsAsync<CaseTriage>("t"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"note {i}").Order(StringComparer.Ordinal), triage.Notes.Select(note => note.Text).Order(StringComparer.Ordinal));
        Assert.Equal(("p0", "p1"), (triage.Acknowledged!.By, triage.Snoozed!.Signature.By));
        Assert.Equal(2, await pipeline.ScalarAsync<long>("select sent_seq from pipeline.accounts"));
    }

    private static Task<DecisionOutcome> DecideAsync(Pipeline pipeline, CaseDecision decision, string by = "alice", Mouth mouth = Mouth.Page) =>
        pipeline.Get<CaseDesk>().DecideAsync("t", "case-1", decision, by, mouth, Stop);

    private static async Task<AnomalyCase> CaseAsync(Pipeline pipeline) => Assert.Single(await pipeline.DocumentsAsync<AnomalyCase>("t"));

    private async Task<Pipeline> PipelineAsync(params object[] documents)
    {
        var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"]);
        await using var session = pipeline.Get<IDocumentStore>().LightweightSession("t");
        session.StoreObjects(documents);
        await session.SaveChangesAsync(Stop);
        return pipeline;
    }
}

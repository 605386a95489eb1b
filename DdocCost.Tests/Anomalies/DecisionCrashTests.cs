using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.App;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Anomalies;

/// <summary>Decisions take effect once and in order, whoever crashes between the decision and its effect.</summary>
public sealed class DecisionCrashTests(PostgresServer postgres) : IDisposable
{
    private const int Accounts = 6;
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_decided_while_consumers_lose_their_connections_has_the_same_effect_as_undisturbed()
    {
        var (calm, stormy) = (await postgres.NewDatabaseAsync(), await postgres.NewDatabaseAsync());
        await using var undisturbed = new Pipeline(calm, _folder["calm"]);
        await using var one = new Pipeline(stormy, _folder["stormy"]);
        await using var two = new Pipeline(stormy, _folder["stormy"]);
        await StoreCasesAsync(undisturbed);
        await StoreCasesAsync(one);
        await Task.WhenAll(undisturbed.StartAsync(), one.StartAsync(), two.StartAsync());

        await LiveAsync(undisturbed);
        await undisturbed.DrainedAsync("t");
        var living = LiveAsync(one);
        var cut = await LaneCuts.UntilScoredAsync(one, living, each: 5, Stop);

        Assert.True(cut > 5, $"only {cut} connections were cut");
        Assert.Equivalent(await EffectsAsync(undisturbed), await EffectsAsync(one), strict: true);
        Assert.Equal(0, await one.ScalarAsync<long>("select count(*) from pipeline.dead_letters"));
    }

    [Fact]
    public async Task What_was_decided_while_nobody_worked_takes_effect_in_order_when_somebody_does()
    {
        var database = await postgres.NewDatabaseAsync();
        await using (var gone = new Pipeline(database, _folder["archive"]))
        {
            await StoreCasesAsync(gone);
            await DecideAsync(gone, 0, new CaseDecision.Acknowledge(), 1);
            await DecideAsync(gone, 0, new CaseDecision.Withdraw(), 2);
            await DecideAsync(gone, 0, new CaseDecision.Expect(ExpectScope.Once), 3);
            await DecideAsync(gone, 0, new CaseDecision.Reopen(), 4);
            await DecideAsync(gone, 0, new CaseDecision.Wrong(), 5);
        }

        await using var next = new Pipeline(database, _folder["archive"]);
        await next.StartAsync();
        await next.DrainedAsync("t");

        var anomaly = (await next.DocumentsAsync<AnomalyCase>("t")).Single(anomaly => anomaly.Id == "case-0");
        Assert.Equal((CaseEnd.Wrong, null), (anomaly.End, anomaly.Acknowledged));
        Assert.Equal(5, await next.ScalarAsync<long>($"select applied_seq from pipeline.accounts where account_id = '{AccountOf(0)}'"));
    }

    /// <summary>What happens: launches and decisions in turn, in each account; the same on every call.</summary>
    private static async Task LiveAsync(Pipeline pipeline)
    {
        for (var round = 0; round < 12; round++)
        {
            for (var account = 0; account < Accounts; account++)
            {
                var number = 1 + (round * Accounts) + account;
                await pipeline.TakeAsync("t", Delivery($"{account}/{round}", Log(RunInstance(number, AccountOf(account)))));
                CaseDecision decision = ((round + account) % 6) switch
                {
                    0 => new CaseDecision.Acknowledge(),
                    1 => new CaseDecision.Snooze(Some.Now.AddDays(5)),
                    2 => new CaseDecision.Expect(ExpectScope.Always),
                    3 => new CaseDecision.Withdraw(),
                    4 => new CaseDecision.Reopen(),
                    _ => new CaseDecision.Wrong(),
                };
                await DecideAsync(pipeline, account, decision, number);
            }
        }
    }

    private static async Task DecideAsync(Pipeline pipeline, int account, CaseDecision decision, int number)
    {
        var time = new FakeTimeProvider(Some.Now.AddMinutes(number));
        var desk = new CaseDesk(pipeline.Get<NpgsqlDataSource>(), pipeline.Get<IDocumentStore>(), [], pipeline.Get<Domain.Queue.IEventQueue>(), time);
        await desk.DecideAsync("t", $"case-{account}", decision, "alice", Mouth.Page, Stop);
    }

    private static async Task StoreCasesAsync(Pipeline pipeline)
    {
        await using var session = pipeline.Get<IDocumentStore>().LightweightSession("t");
        for (var i = 0; i < Accounts; i++)
        {
            session.Store(Some.Case($"case-{i}", running: [$"i-{i}"]) with { AccountId = AccountOf(i), Parts = [new CasePart("user/alice", "ec2:instance", "eu-west-1")] });
            session.Store(Some.Running($"i-{i}", usdPerHour: 5) with { Id = $"{AccountOf(i)}/sa-east-1/ec2:instance/i-{i}", AccountId = AccountOf(i) });
        }

        await session.SaveChangesAsync(Stop);
    }

    private static async Task<object> EffectsAsync(Pipeline pipeline) => new
    {
        Cases = (await pipeline.DocumentsAsync<AnomalyCase>("t")).OrderBy(anomaly => anomaly.Id).ToList(),
        Triage = (await pipeline.DocumentsAsync<CaseTriage>("t")).OrderBy(triage => triage.Id).Select(triage => triage with { Version = default }).ToList(),
        Expected = (await pipeline.DocumentsAsync<StandingExpectation>("t")).OrderBy(expectation => expectation.Id).ToList(),
        Profiles = (await pipeline.DocumentsAsync<AccountProfile>("t")).OrderBy(profile => profile.Id).ToList(),
        Log = (await pipeline.DocumentsAsync<AuditEntry>("t")).OrderBy(entry => entry.At).ThenBy(entry => entry.Subject).Select(entry => entry.Id).ToList(),
        Applied = await pipeline.ScalarAsync<long>("select sum(applied_seq)::bigint from pipeline.accounts"),
        Events = (await pipeline.CostEventsAsync("t")).Select(e => (e.Id, e.Severity, e.Verdict.Score)).Order().ToList(),
    };

    private static string AccountOf(int account) => $"{account + 1:000000000000}";
}

using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Refresh;
using DdocCost.Domain.Scoring;
using DdocCost.Jobs.Prices;
using DdocCost.Tests.Ledger;
using DdocCost.Tests.Normalise;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Prices;

/// <summary>What runs costs what newer list prices say from the moment they are taken into use, and not before.</summary>
public sealed class RepriceTests(PostgresServer postgres) : IDisposable
{
    private const string Account = Records.Account, Region = "eu-west-1";

    private static readonly DateTimeOffset Later = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Tells_the_ledger_once_however_often_it_is_interrupted()
    {
        var database = await postgres.NewDatabaseAsync();
        await using (var before = Start(database))
        {
            await before.StartAsync();
            await before.TakeAsync("acme", Delivery("launch", Log(Launch)));
            await before.DrainedAsync("acme");
        }

        // Two processes tell it, and none lives to see it taken.
        foreach (var _ in (int[])[1, 2])
        {
            await using var killed = Start(database);
            var prices = killed.Get<PriceStore>();
            if (await prices.VersionInUseAsync(Stop) == 0)
                await prices.KeepAsync(await prices.BeginAsync(Stop), "", new RefreshReport { Parts = [], Rows = 1, BiggestMoves = [] }, [Doubled], Stop);
            Assert.Equal(1, await killed.Get<RepriceJob>().RunAsync(Stop));
        }

        await using var pipeline = Start(database);
        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");

        var running = Assert.Single(await pipeline.DocumentsAsync<RunningResource>("acme"));
        Assert.Equal(Rate * 2, running.UsdPerHour);
        Assert.True(running.SpentUsd > 0 && running.RateSince > running.Since);
        var hours = await pipeline.DocumentsAsync<SpendHour>("acme");
        Assert.Equal((Rate, Rate * 2), (hours.Sum(hour => hour.AddedUsdPerHour), hours.Sum(hour => hour.NetUsdPerHour)));
        Assert.All(hours, hour => Assert.Equal(("ec2", "alice"), (hour.Service, hour.Actor.Name)));
        Assert.Equal(0, await pipeline.Get<RepriceJob>().RunAsync(Stop));

        await pipeline.TakeAsync("acme", Delivery("end", Log(Numbered(2, Records.Json("ec2", "TerminateInstances", """{"instancesSet":{"items":[{"instanceId":"i-1"}]}}""", time: "2026-12-30T10:00:00Z")))));
        await pipeline.DrainedAsync("acme");
        Assert.Equal(0, (await pipeline.DocumentsAsync<SpendHour>("acme")).Sum(hour => hour.NetUsdPerHour));
    }

    [Fact]
    public void Holds_from_then_on_and_is_the_same_when_rebuilt()
    {
        var newer = PriceBook.Refreshed([Doubled], 1);
        var ledger = new ResourceLedger(Account, [], [], []);
        var launched = Records.Understand(Launch);
        ledger.Apply(launched);
        var moves = ledger.Running.Values.Select(resource => (resource, RepricedRecord.Move(resource, newer)!.Value)).ToList();
        var told = Records.Understand(Assert.Single(RepricedRecord.Of(Account, 1, moves, Later)));

        var repriced = ledger.Apply(told);
        ledger.Apply(told);

        Assert.Equal((0m, 0m, Rate * 2), (repriced.UsdPerHour, repriced.AddedUsdPerHour, repriced.ExposureAfterUsdPerHour));
        Assert.Contains("newer list prices", repriced.Cost.Note, StringComparison.Ordinal);
        var running = Assert.Single(ledger.Running.Values);
        Assert.Equal((48 * Rate, Later), (running.SpentUsd, running.RateSince!.Value));
        Assert.Equal((48 * Rate) + (10 * Rate * 2), running.SpentBy(Later.AddHours(10)));

        // By the records alone; and by the records with the prices in use now, which differ in what the past cost.
        var (rebuilt, current) = (new ResourceLedger(Account, [], [], []), new CurrentPrices());
        current.Use(newer);
        var withNewer = new ResourceLedger(Account, [], [], [], current);
        foreach (var e in (ResourceEvent[])[launched, told])
        {
            rebuilt.Apply(e);
            withNewer.Apply(e);
        }

        Assert.Equal(LedgerStore.Write(running), LedgerStore.Write(Assert.Single(rebuilt.Running.Values)));
        Assert.Equal(Rate * 2, withNewer.ExposureUsdPerHour);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0.25)]
    public void Moves_the_money_of_an_open_case_and_closes_it_when_its_resource_ends(double factor)
    {
        var newer = PriceBook.Refreshed([Doubled with { Usd = Rate * (decimal)factor }], 1);
        var (ledger, cases) = (new ResourceLedger(Account, [], [], []), new CaseBook(Account, []));
        cases.Enter(ledger.Apply(Records.Understand(Launch)), Verdict.Quiet with { Severity = Severity.Warning, Score = 70, Cause = "alice" });
        var moves = ledger.Running.Values.Select(resource => (resource, RepricedRecord.Move(resource, newer)!.Value)).ToList();
        var told = Records.Understand(Assert.Single(RepricedRecord.Of(Account, 1, moves, Later)));

        foreach (var _ in (int[])[1, 2])
            cases.Enter(ledger.Apply(told), Verdict.Quiet);

        var anomaly = Assert.Single(cases.Open);
        Assert.Equal((Rate * (decimal)factor, Math.Max(Rate, Rate * (decimal)factor)), (anomaly.UsdPerHour, anomaly.PeakUsdPerHour));
        Assert.Equal(48 * Rate, anomaly.SpentUntil(Later));
        Assert.Equal((48 * Rate) + (10 * Rate * (decimal)factor), anomaly.SpentUntil(Later.AddHours(10)));
        Assert.Equal(new PricesMoved(Later, Rate), anomaly.PricesMoved);

        cases.Enter(ledger.Apply(Records.Understand(Numbered(2, Records.Json("ec2", "TerminateInstances", """{"instancesSet":{"items":[{"instanceId":"i-1"}]}}""", time: "2026-03-05T10:00:00Z")))), Verdict.Quiet);
        Assert.Empty(cases.Open);
        Assert.True(cases.Find(anomaly.Id) is { IsClosed: true, UsdPerHour: 0 });
    }

    [Fact]
    public void Says_nothing_of_what_has_changed_since_it_was_compared()
    {
        var ledger = new ResourceLedger(Account, [], [], []);
        ledger.Apply(Records.Understand(Launch));
        var moves = ledger.Running.Values.Select(resource => (resource, RepricedRecord.Move(resource, PriceBook.Refreshed([Doubled], 1))!.Value)).ToList();
        ledger.Apply(Records.Understand("ec2", "ModifyInstanceAttribute", """{"instanceId":"i-1","instanceType":{"value":"m5.xlarge"}}""", """{"_return":true}"""));
        var exposure = ledger.ExposureUsdPerHour;

        ledger.Apply(Records.Understand(Assert.Single(RepricedRecord.Of(Account, 1, moves, Later))));

        Assert.Equal(exposure, ledger.ExposureUsdPerHour);
    }

    [Fact]
    public void Prices_what_was_not_known_before()
    {
        var ledger = new ResourceLedger(Account, [], [], []);
        ledger.Apply(Records.Understand("ec2", "RunInstances", "{}", """{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"zz9.large"}]}}"""));
        Assert.Null(Assert.Single(ledger.Running.Values).UsdPerHour);
        var book = PriceBook.Refreshed([Doubled with { Product = "zz9.large", Usd = 7 }], 1);
        var moves = ledger.Running.Values.Select(resource => (resource, RepricedRecord.Move(resource, book)!.Value)).ToList();

        ledger.Apply(Records.Understand(Assert.Single(RepricedRecord.Of(Account, 1, moves, Later))));

        // At that price it has run all the time.
        Assert.Equal((7m, 7m * 48), (ledger.ExposureUsdPerHour, Assert.Single(ledger.Running.Values).SpentBy(Later)!.Value));
    }

    private static decimal Rate => PriceBook.Embedded.Find("ec2", "m5.large", Region)!.Usd;

    private static ListPrice Doubled => PriceBook.Embedded.Find("ec2", "m5.large", Region)! with { Usd = Rate * 2, Source = ListPrice.FromAws };

    private static string Launch => Records.Json("ec2", "RunInstances", "{}", """{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"m5.large"}]}}""");

    private static string Numbered(int number, string record) => record.Replace("000000000001\"", $"{number:000000000000}\"", StringComparison.Ordinal);

    private Pipeline Start(string database) => new(database, folder["archive"], services => services.AddSingleton<IPanicSwitch, Calm>().AddPrices());

    private sealed class Calm : IPanicSwitch
    {
        public ValueTask<PanicState> ReadAsync(CancellationToken cancellationToken) => new(PanicState.Off);

        public Task EngageAsync(string reason, string by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseAsync(string by, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

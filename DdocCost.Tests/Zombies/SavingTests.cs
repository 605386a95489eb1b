using DdocCost.Domain.Pricing;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Zombies;
using DdocCost.Tests.Support;
using DdocCost.Tests.Support.AwsEmulator;

namespace DdocCost.Tests.Zombies;

/// <summary>What savings are made of: the bill where it tells, spend that decides what is scanned, and how a digest says it.</summary>
public sealed class SavingTests(PostgresServer postgres)
{
    private static readonly Resource Machine = RuleScene.Made(Kinds.Instance, "i-1") with { Size = "m5.large", Region = "eu-west-1" };
    private static readonly DateTimeOffset Now = RuleScene.Now;

    [Fact]
    public void The_bill_goes_before_the_list_price_where_it_is_of_that_very_resource()
    {
        var listed = Suspect.CostOf(Machine, PriceBook.Embedded).UsdPerHour!.Value;
        var saving = Saving.Of(Suspect.CostOf(Machine, PriceBook.Embedded));

        var billed = Bill("i-1", 14m, days: 14).Of(saving, Machine, listed);

        Assert.Equal((SavingBasis.Billed, 30.4167m, PriceConfidence.High), (billed.Basis, billed.UsdPerMonth, billed.Confidence));
        Assert.Contains("78.11 USD a month at list price", billed.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_price_stays_where_the_bill_tells_of_something_else_or_of_too_little()
    {
        var listed = Suspect.CostOf(Machine, PriceBook.Embedded).UsdPerHour!.Value;
        var saving = Saving.Of(Suspect.CostOf(Machine, PriceBook.Embedded));

        Assert.Same(saving, Bill("i-2", 14m, days: 14).Of(saving, Machine, listed)); // another machine
        Assert.Same(saving, Bill("i-1", 3m, days: 3).Of(saving, Machine, listed)); // three days are no month
        var part = saving * 0.5m;
        Assert.Same(part, Bill("i-1", 14m, days: 14).Of(part, Machine, listed)); // only part of the machine's price would be saved
        Assert.Same(Saving.None, Bill("i-1", 14m, days: 14).Of(Saving.None, Machine, listed));
    }

    [Fact]
    public async Task Cost_Explorer_is_asked_for_machines_only_where_somebody_wants_it_and_pays_for_it()
    {
        await using var aws = await AwsEmulator.StartAsync();
        await using var host = new HuntHost(await postgres.NewDatabaseAsync(), aws);
        var account = aws.Add("111122220001", "eu-west-1").Instance("i-idle").Busy("i-idle", _ => 1);
        account.Answers("us-east-1", "ce:GetCostAndUsageWithResources", call => call.PageToken is null ? Days(0, 7, "more") : Days(7, 14, null));
        await host.ConnectAsync(account);
        var scope = new HuntScope([], ["EC2-01"]);

        Assert.Equal(SavingBasis.ListPrice, await BasisAsync(new HuntSettings { SkipsRegionsWithoutSpend = false }));
        Assert.DoesNotContain(aws.Calls, call => call.Service == "ce");
        Assert.Equal(SavingBasis.ListPrice, await BasisAsync(new HuntSettings { SkipsRegionsWithoutSpend = false, AsksForBill = true, MostUsdPerScan = 0.011m })); // half a bill is none
        Assert.Equal(SavingBasis.Billed, await BasisAsync(new HuntSettings { SkipsRegionsWithoutSpend = false, AsksForBill = true }));
        Assert.Equal(0.02003m, (await host.AllAsync<HuntRun>()).OrderBy(run => run.StartedAt).Last().Usd); // two pages, and three metrics of one machine

        async Task<SavingBasis> BasisAsync(HuntSettings settings)
        {
            await host.StoreAsync(settings);
            await host.ScanAsync(account, scope);
            return Assert.Single(await host.AllAsync<ZombieFinding>()).Saving.Basis;
        }

        static string Days(int from, int to, string? next) => System.Text.Json.JsonSerializer.Serialize(new
        {
            ResultsByTime = Enumerable.Range(from, to - from).Select(day => new
            {
                TimePeriod = new { Start = $"2026-03-{day + 1:00}", End = $"2026-03-{day + 2:00}" },
                Groups = new[] { new { Keys = new[] { "i-idle" }, Metrics = new { NetAmortizedCost = new { Amount = "1.10", Unit = "USD" } } } },
            }),
            NextPageToken = next,
        });
    }

    [Fact]
    public void A_service_is_left_out_only_where_its_name_in_the_bill_is_known_and_missing()
    {
        var spend = new Spend([("eu-west-1", "Amazon Managed Streaming for Apache Kafka"), ("eu-west-1", "EC2 - Other"), ("us-east-1", "Tax"), ("NoRegion", "AWS Support")]);

        Assert.True(spend.For("MSK", "eu-west-1"));
        Assert.False(spend.For("Redshift", "eu-west-1"));
        Assert.False(spend.For("MSK", "us-east-1"));
        Assert.True(spend.For("EBS", "us-east-1"), "volumes share their name in the bill with others");
        Assert.Equal((true, false), (spend.In("us-east-1"), spend.In("ap-south-1")));
        Assert.False(new Spend([("NoRegion", "AWS Support")]).IsTelling);
        Assert.Empty(Spend.Gated.Except(RuleCatalogue.Services));
    }

    [Fact]
    public void A_digest_says_what_zombies_cost_together_and_which_are_new()
    {
        ZombieFinding[] findings =
        [
            Finding("old", 100, Now.AddDays(-9)), Finding("new", 20, Now.AddHours(-3)), Finding("part", 15, Now.AddHours(-3)) with { CountedIn = "EBS-01/old" },
            Finding("unpriced", null, Now.AddDays(-9)), Finding("kept", 500, Now.AddDays(-9)) with { State = FindingState.Kept }, Finding("later", 70, Now.AddHours(1)),
        ];

        var section = ZombieDigest.Of(findings, Now.AddDays(-1), Now)!;

        Assert.Equal("Zombies: $120.00 a month, 3 in all, 1 new", section.Title);
        Assert.Equal(
            ["New: EBS volume attached to nothing: new in eu-west-1, made by carol", "EBS volume attached to nothing: old in eu-west-1, made by carol", "EBS volume attached to nothing: unpriced in eu-west-1, made by carol"],
            section.Lines.Select(line => line.Text));
        Assert.Equal(["$20.00 a month", "$100.00 a month", "price not known"], section.Lines.Select(line => line.Value));
        Assert.Null(ZombieDigest.Of(findings.Where(finding => finding.State == FindingState.Kept), Now.AddDays(-1), Now));
    }

    private static BilledCosts Bill(string id, decimal usd, int days) => new("Cost Explorer", new Dictionary<string, (decimal, int)> { [id] = (usd, days) });

    private static ZombieFinding Finding(string id, decimal? usd, DateTimeOffset confirmed)
    {
        var ruling = RuleCases.Of("EBS-01").Zombie().Judge();
        return FindingLife.Seen(null, ruling with { Sighting = ruling.Sighting! with { IdleSince = confirmed } }, confirmed, TimeSpan.FromHours(6)) with
        {
            Id = $"EBS-01/{id}", ResourceId = id, Name = null, Region = "eu-west-1", State = FindingState.Confirmed, ConfirmedAt = confirmed,
            Birth = new Birth(confirmed, "user/carol", "carol", null, null, "the trail"), Saving = usd is null ? Saving.Unpriced("?") : Saving.None with { UsdPerMonth = usd },
        };
    }
}

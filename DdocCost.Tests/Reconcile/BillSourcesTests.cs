using DdocCost.App.Reconcile;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Reconcile;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Reconcile;
using DdocCost.Tests.App;
using DdocCost.Tests.Aws;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Reconcile;

/// <summary>Bills out of a bucket and from Cost Explorer, and what AWS's own watcher told, over AWS's protocols.</summary>
public sealed class BillSourcesTests(PostgresServer postgres, RedisServer redis, AwsServer s3)
{
    private static readonly ConnectedAccount Account = AwsHost.Account();

    private static readonly Speaker By = new("test", Mouth.Command);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_a_month_out_of_the_bucket()
    {
        var bucket = await s3.NewBucketAsync();
        await using var host = await StartAsync(await s3.UrlAsync());
        var source = host.Services.GetRequiredService<BillBucket>();
        await s3.PutAsync(bucket, "exports/cur/metadata/BILLING_PERIOD=2026-03/cur-Manifest.json", "{}"u8.ToArray());
        await s3.PutAsync(bucket, "exports/cur/data/BILLING_PERIOD=2026-02/cur-00001.csv.gz", Bills.Gzip(Bills.File(Bills.ReportHeader, Bills.Report(usd: 9, month: 2))));
        await s3.PutAsync(bucket, "exports/cur/data/BILLING_PERIOD=2026-03/new-edition/cur-00001.csv.gz", Bills.Gzip(Bills.File(Bills.ReportHeader, Bills.Report(usd: 1))));
        await s3.PutAsync(bucket, "exports/cur/data/BILLING_PERIOD=2026-03/new-edition/cur-00002.snappy.parquet", await ParquetBills.ReportAsync(groups: 1, rows: 4));

        var newest = await source.ImportAsync(BrowserHost.Tenant, Sealed(host), $"s3://{bucket}/exports/cur", null, By, null, Stop);
        var february = await source.ImportAsync(BrowserHost.Tenant, Sealed(host), $"s3://{bucket}/exports/cur/", new DateOnly(2026, 2, 1), By, null, Stop);
        var again = await source.ImportAsync(BrowserHost.Tenant, Sealed(host), $"s3://{bucket}/exports/cur", null, By, null, Stop);

        Assert.Equal((5L, false, true), (newest.Tally.Lines, newest.IsKnown, again.IsKnown));
        Assert.Equal([new DateOnly(2026, 3, 1), new DateOnly(2026, 2, 1)], newest.Periods.Concat(february.Periods));
        Assert.Equal(2m, await BilledAsync(host, "2026-03-01"));
        foreach (var (address, month, reason) in new (string, DateOnly?, string)[]
        {
            ("bucket/prefix", null, "s3://bucket/prefix"), ($"s3://{bucket}/nothing", null, "has no CSV or Parquet file"), ($"s3://{bucket}/exports", new(2025, 1, 1), "of 2025-01"), ("s3://no-such-bucket-here/x", null, "cannot be read"),
        })
        {
            var problem = await Assert.ThrowsAsync<BillUnreadableException>(() => source.ImportAsync(BrowserHost.Tenant, Sealed(host), address, month, By, null, Stop));
            Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("x/data/BILLING_PERIOD=2026-03/a/1.csv.gz 1, x/data/BILLING_PERIOD=2026-03/b/1.csv.gz 3, x/data/BILLING_PERIOD=2026-03/b/2.csv.gz 2, x/metadata/BILLING_PERIOD=2026-03/m.json 9", null, "x/data/BILLING_PERIOD=2026-03/b/1.csv.gz, x/data/BILLING_PERIOD=2026-03/b/2.csv.gz")]
    [InlineData("r/20260201-20260301/id/r-1.csv.gz 5, r/20260301-20260401/id/r-1.csv.gz 4", null, "r/20260301-20260401/id/r-1.csv.gz")]
    [InlineData("r/20260201-20260301/id/r-1.csv.gz 5, r/20260301-20260401/id/r-1.csv.gz 4", "2026-02-01", "r/20260201-20260301/id/r-1.csv.gz")]
    [InlineData("r/year=2026/month=2/a.snappy.parquet 1, r/year=2026/month=11/a.snappy.parquet 1", null, "r/year=2026/month=11/a.snappy.parquet")]
    [InlineData("by-hand/b.csv 1, by-hand/a.CSV 1, by-hand/readme.txt 1", null, "by-hand/a.CSV, by-hand/b.csv")]
    [InlineData("r/20260201-20260301/id/r-1.csv.gz 5", "2026-07-01", "")]
    public void Takes_the_newest_edition_of_a_month(string objects, string? month, string expected)
    {
        var listed = objects.Split(", ").Select(one => one.Split(' ')).Select(one => new DdocCost.Jobs.Aws.S3Object(one[0], 1, DateTimeOffset.UnixEpoch.AddHours(int.Parse(one[1], null))));

        Assert.Equal(expected, string.Join(", ", BillBucket.Edition(listed, month is null ? null : DateOnly.Parse(month, null)).Select(file => file.Key)));
    }

    [Fact]
    public async Task Asks_Cost_Explorer_page_by_page_and_never_replaces_what_tells_more()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["ce:GetCostAndUsage"] = call => call.Json.TryGetProperty("NextPageToken", out _)
            ? StandInAnswer.Json(Explored(null, ("111122223333", "EC2 - Other", "7.5"), ("444455556666", "Amazon Relational Database Service", "4")))
            : StandInAnswer.Json(Explored("more", ("111122223333", "Amazon Elastic Compute Cloud - Compute", "10.25"), ("111122223333", "Tax, \"odd\" name", "0")));
        await using var host = await StartAsync(aws.Url);
        var source = host.Services.GetRequiredService<CostExplorerBill>();
        var march = new DateOnly(2026, 3, 1);

        var outcome = await source.ImportAsync(BrowserHost.Tenant, Sealed(host), march, By, Stop);

        Assert.Equal(("Cost Explorer", 3L, 0L), (outcome.Tally.Format, outcome.Tally.Lines, outcome.Tally.Refused));
        var asked = aws.CallsOf("ce:GetCostAndUsage");
        Assert.Equal((2, "2026-03-01", "2026-04-01"), (asked.Count, asked[0].Json.GetProperty("TimePeriod").GetProperty("Start").GetString(), asked[0].Json.GetProperty("TimePeriod").GetProperty("End").GetString()));
        Assert.Equal(17.75m, await BilledAsync(host, "2026-03-01", "and service = 'ec2'"));

        await host.Services.GetRequiredService<BillImport>().RunAsync(BrowserHost.Tenant, [Bills.Part(Bills.File(Bills.ReportHeader, Bills.Report(usd: 3)))], By, null, Stop);
        Assert.Equal(3m, await BilledAsync(host, "2026-03-01"));
        Assert.Contains("tells more", (await Assert.ThrowsAsync<BillUnreadableException>(() => source.ImportAsync(BrowserHost.Tenant, Sealed(host), march, By, Stop))).Message, StringComparison.Ordinal);
        Assert.Equal(2, aws.CallsOf("ce:GetCostAndUsage").Count);

        aws.Answers["ce:GetCostAndUsage"] = _ => StandInAnswer.Error(400, "AccessDeniedException", "User is not authorized to perform: ce:GetCostAndUsage");
        Assert.Contains("Cost Explorer does not tell", (await Assert.ThrowsAsync<BillUnreadableException>(() => source.ImportAsync(BrowserHost.Tenant, Sealed(host), march.AddMonths(1), By, Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Puts_what_AWS_told_beside_our_cases_and_says_who_was_first()
    {
        await using var aws = await AwsStandIn.StartAsync();
        var (now, anomalies) = (DateTimeOffset.UtcNow, new List<object>());
        aws.Answers["ce:GetAnomalies"] = _ => StandInAnswer.Json(new { Anomalies = anomalies });
        await using var host = await StartAsync(aws.Url, "--Reconcile:AskAnomalies=true");
        await host.StoreAsync(BrowserHost.Tenant, Sealed(host), Some.Case("case-1", at: now.AddHours(-5)), Some.Event("case-1", at: now.AddHours(-5)));
        var job = host.Services.GetRequiredService<AwsAnomaliesJob>();

        anomalies.Add(Anomaly("old", now.AddDays(-30), "Amazon Simple Storage Service", 12));
        Assert.Equal(1, await job.RunAsync(Stop));
        anomalies.Add(Anomaly("new", now, "Amazon Elastic Compute Cloud - Compute", 345.5));
        Assert.Equal(2, await job.RunAsync(Stop));
        await job.RunAsync(Stop);
        var beside = (await host.Services.GetRequiredService<AwsAnomalyReader>().ReadAsync(Sight.OfAll(BrowserHost.Tenant), Stop)).ToDictionary(one => one.Aws.Id);

        Assert.Equal(["new", "old"], beside.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((FirstTeller.OnlyAws, null, null), (beside["old"].First.Who, beside["old"].Ours, beside["old"].Aws.NotSeenAt));
        var ec2 = beside["new"];
        Assert.Equal(("ec2", 345.5m, "case-1", FirstTeller.Us), (ec2.Aws.Service, ec2.Aws.ImpactUsd, ec2.Ours?.Id, ec2.First.Who));
        Assert.InRange(ec2.First.AtLeastHours!.Value, 4.99, 5.2);
        Assert.InRange(ec2.First.AtMostHours!.Value, ec2.First.AtLeastHours!.Value, 5.2);
        Assert.Empty(await host.Services.GetRequiredService<AwsAnomalyReader>().ReadAsync(Sight.OfAll("another"), Stop));
    }

    [Theory]
    [InlineData("2026-03-02T09:00:00Z", FirstTeller.Us, 3.0, 9.0)]
    [InlineData("2026-03-02T20:00:00Z", FirstTeller.Aws, 2.0, 8.0)]
    [InlineData("2026-03-02T14:00:00Z", FirstTeller.Unclear, null, null)]
    [InlineData(null, FirstTeller.OnlyAws, null, null)]
    public void Says_by_how_many_hours_at_least_and_at_most(string? told, FirstTeller who, double? least, double? most)
    {
        var (asked, seen) = (DateTimeOffset.Parse("2026-03-02T12:00:00Z", null), DateTimeOffset.Parse("2026-03-02T18:00:00Z", null));
        var anomaly = new AwsAnomaly("a", Account.AccountId, "ec2", "", new DateOnly(2026, 3, 1), null, 1, seen, asked);

        Assert.Equal(new ToldFirst(who, least, most), anomaly.Compare(told is null ? null : DateTimeOffset.Parse(told, null)));
    }

    private static object Explored(string? token, params (string Account, string Service, string Usd)[] groups) => new
    {
        NextPageToken = token,
        ResultsByTime = new[]
        {
            new
            {
                TimePeriod = new { Start = "2026-03-04", End = "2026-03-05" },
                Groups = groups.Select(one => new { Keys = new[] { one.Account, one.Service }, Metrics = new { NetAmortizedCost = new { Amount = one.Usd, Unit = "USD" } } }),
            },
        },
    };

    private static object Anomaly(string id, DateTimeOffset began, string service, double usd) => new
    {
        AnomalyId = id, AnomalyStartDate = began.UtcDateTime.ToString("yyyy-MM-dd", null), Impact = new { MaxImpact = usd, TotalImpact = usd },
        RootCauses = new[] { new { Service = service, Region = "eu-west-1", Account.AccountId, LinkedAccount = Account.AccountId } },
    };

    private async Task<BrowserHost> StartAsync(string aws, params string[] settings) => await BrowserHost.StartAsync(
        postgres, await redis.AddressAsync(), [$"--AWS_ENDPOINT_URL={aws}", "--Aws:FirstPause=00:00:00.002", .. settings]);

    private static ConnectedAccount Sealed(BrowserHost host) => Account with
    {
        Access = new AwsAccess
        {
            AccessKeys = [new SealedAccessKey("AKIASTANDIN000000001", host.Services.GetRequiredService<ISecretBox>().Protect(SealedAccessKey.Purpose, "stand-in-secret"), DateTimeOffset.UnixEpoch)],
        },
    };

    private static async Task<decimal> BilledAsync(BrowserHost host, string period, string more = "")
    {
        await using var connection = new Npgsql.NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync(Stop);
        return await connection.ScalarAsync<decimal>($"select coalesce(sum(billed_usd), 0) from bills.days where tenant_id = 'default' and period = '{period}' {more}", Stop);
    }
}

using System.Text;
using CsCheck;
using DdocCost.Domain.Reconcile;

namespace DdocCost.Tests.Reconcile;

/// <summary>Bills as files: both formats, and whatever may be wrong with a line.</summary>
public sealed class BillFileTests
{
    private static readonly Gen<string> Good = Gen.Select(Gen.Int[1, 28], Gen.Int[1, 9999], Gen.String[Gen.Char[" -~"], 0, 40])
        .Select((day, cents, id) => Bills.Report(resource: "r" + id, usd: cents / 100m, day: day, tags: "{\"team\": \"a, b\"}"));

    private static readonly string[] BadLines =
    [
        "\"never closed," + new string('x', 50), "too,few", Bills.Report() + ",one more", Bills.Report(account: "nobody"), Bills.Report().Replace("AmazonEC2", "", StringComparison.Ordinal),
        Bills.Report().Replace("-01T00:00:00.000Z,Ama", "-99T,Ama", StringComparison.Ordinal), Bills.Report().Replace(",USD", ",EUR", StringComparison.Ordinal),
        Bills.Report(resource: new string('y', BillLine.LongestResource + 1)), new string('z', RecordGuard.LongestLine + 1), Bills.Report(usd: 1).Replace(",1,USD", ",one,USD", StringComparison.Ordinal),
        Bills.Report().Replace("x,9999", "x\"\"y,9999", StringComparison.Ordinal),
    ];

    private static readonly Gen<string> Bad = Gen.Int[0, BadLines.Length - 1].Select(i => BadLines[i]);

    [Fact]
    public void Every_line_that_can_be_read_is_read_whatever_stands_between()
    {
        Gen.Select(Gen.Bool, Gen.OneOf(Good.Select(line => (line, true)), Bad.Select(line => (line, false))).List[1, 30]).Sample(
            (isPacked, lines) =>
            {
                var file = Bills.File(Bills.ReportHeader, lines.Select(line => line.line));
                var (read, tally) = Bills.ReadAsync(isPacked ? Bills.Gzip(file) : file).GetAwaiter().GetResult();
                var good = Bills.ReadAsync(Bills.File(Bills.ReportHeader, lines.Where(line => line.Item2).Select(line => line.line))).GetAwaiter().GetResult();
                Assert.Equal(lines.Count(line => !line.Item2), tally.Refused);
                Assert.Equal(lines.Count(line => line.Item2), tally.Lines);
                Assert.Equal(good.Lines, read);
            },
            iter: 150);
    }

    [Fact]
    public async Task Says_why_a_line_is_malformed_and_where()
    {
        var (_, tally) = await Bills.ReadAsync(Bills.File(Bills.ReportHeader, Bills.Report(), "too,few", Bills.Report(), "\"open", "also,few"));

        Assert.Equal(
            [("another number of columns than the first line", 2L, 3L), ("a quote that is not closed", 1L, 5L)],
            tally.Reasons.Select(reason => (reason.Why, reason.Lines, reason.First)));
    }

    [Fact]
    public async Task What_a_commitment_covers_counts_once_at_its_own_price()
    {
        var (lines, tally) = await Bills.ReadAsync(Bills.File(
            Bills.ReportHeader,
            Bills.Report("i-plan", usd: 10, list: 10, type: "SavingsPlanCoveredUsage", plan: 7), Bills.Report("i-plan", usd: -10, type: "SavingsPlanNegation"), Bills.Report("", usd: 7, type: "SavingsPlanRecurringFee"),
            Bills.Report("i-reserved", usd: 0, list: 5, type: "DiscountedUsage", reserved: 3), Bills.Report("", usd: 3, type: "RIFee"), Bills.Report("i-plain", usd: 2), Bills.Report("i-plain", usd: -0.5m, type: "EdpDiscount"),
            Bills.Report("", usd: 4, type: "Tax", product: "AmazonEC2")));

        Assert.Equal(0, tally.Refused);
        Assert.Equal([("i-plan", 7m, 10m), ("i-reserved", 3m, 5m), ("i-plain", 2m, 2m), ("i-plain", -0.5m, null)], lines.Where(line => line.IsUsage).Select(line => (line.ResourceId, line.BilledUsd, line.ListUsd)));
        Assert.Equal(4m, Assert.Single(lines, line => !line.IsUsage).BilledUsd);
    }

    [Fact]
    public async Task Legacy_reports_and_focus_say_the_same_in_their_own_words()
    {
        var legacy = await Bills.ReadAsync(Bills.File(
            "identity/LineItemId,bill/PayerAccountId,bill/BillingPeriodStartDate,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/ResourceId,lineItem/UnblendedCost",
            "a,999988887777,2026-03-01T00:00:00Z,111122223333,Usage,2026-03-01T00:00:00Z,AmazonEC2,i-1,1"));
        var focus = await Bills.ReadAsync(Bills.File(Bills.FocusHeader, Bills.Focus(), Bills.Focus(category: "Tax")));

        Assert.Equal(("Cost and Usage Report", "FOCUS"), (legacy.Tally.Format, focus.Tally.Format));
        Assert.Equal(Assert.Single(legacy.Lines) with { ListUsd = 2 }, focus.Lines[0]);
        Assert.Equal(("ec2", new DateOnly(2026, 3, 1), true, false), (focus.Lines[0].Service, focus.Lines[0].Period, focus.Lines[0].IsUsage, focus.Lines[1].IsUsage));
    }

    [Fact]
    public async Task Parquet_reads_as_the_same_lines_as_csv()
    {
        var (lines, tally) = await Bills.ReadAsync(await ParquetBills.ReportAsync(groups: 2, rows: 3));
        var csv = await Bills.ReadAsync(Bills.File(
            Bills.ReportHeader, from part in (int[])[0, 1] from row in (int[])[0, 1, 2] select Bills.Report(row == 0 ? "" : $"i-{part}-{row}", usd: 0.25m, list: row == 1 ? -1 : 0.5m, day: 5).Replace(",-1,", ",,", StringComparison.Ordinal)));

        Assert.Equal(("Cost and Usage Report", 6L, 0L), (tally.Format, tally.Lines, tally.Refused));
        Assert.Equal(csv.Lines, lines);
    }

    [Fact]
    public async Task Parquet_that_was_cut_off_anywhere_is_refused_as_a_whole()
    {
        var whole = await ParquetBills.ReportAsync(groups: 1, rows: 200);
        for (var at = 4; at < whole.Length; at += 61)
            await Assert.ThrowsAsync<BillUnreadableException>(() => Bills.ReadAsync(whole[..at]));
    }

    [Theory]
    [InlineData("", "The first line names")]
    [InlineData("a,b,c\r\n1,2,3\r\n", "The first line names")]
    [InlineData("PAR1xxxx", "The Parquet file is damaged")]
    public async Task What_is_no_bill_is_refused_with_the_reason(string content, string reason) =>
        Assert.StartsWith(reason, (await Assert.ThrowsAsync<BillUnreadableException>(() => Bills.ReadAsync(Encoding.UTF8.GetBytes(content)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_gzip_that_breaks_off_or_is_damaged_is_refused_as_a_whole()
    {
        var packed = Bills.Gzip(Bills.File(Bills.ReportHeader, Enumerable.Range(0, 5000).Select(i => Bills.Report($"i-{i * 7919}"))));
        var damaged = packed.ToArray();
        damaged[^6] ^= 0x55; // of its check sum

        await Assert.ThrowsAsync<BillUnreadableException>(() => Bills.ReadAsync(packed[..(packed.Length / 2)]));
        await Assert.ThrowsAsync<BillUnreadableException>(() => Bills.ReadAsync(damaged));
    }

    [Theory]
    [InlineData("i-1", "i-1")]
    [InlineData("arn:aws:rds:eu-west-1:111122223333:db:orders", "orders")]
    [InlineData("arn:aws:ec2:eu-west-1:111122223333:natgateway/nat-1", "nat-1")]
    [InlineData("arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188", "app/web/50dc6c495c0c9188")]
    [InlineData("arn:aws:s3:::bucket", "bucket")]
    [InlineData("arn:broken", "arn:broken")]
    public void Resources_are_compared_by_the_part_that_names_them(string id, string key) => Assert.Equal(key, BillLine.KeyOf(id));
}

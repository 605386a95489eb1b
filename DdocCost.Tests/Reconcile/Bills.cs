using System.Globalization;
using System.IO.Compression;
using System.Text;
using DdocCost.Domain.Reconcile;
using DdocCost.Jobs.Reconcile;

namespace DdocCost.Tests.Reconcile;

/// <summary>Bills as AWS writes them, with the columns that are read and some that are not.</summary>
internal static class Bills
{
    public const string ReportHeader =
        "identity_line_item_id,bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,line_item_usage_start_date,line_item_product_code,"
        + "line_item_resource_id,line_item_unblended_cost,line_item_currency_code,pricing_public_on_demand_cost,reservation_effective_cost,savings_plan_savings_plan_effective_cost,resource_tags";

    public const string FocusHeader =
        "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,EffectiveCost,ListCost,ResourceId,ServiceName,SubAccountId,Tags";

    public static string Report(
        string resource = "i-1", decimal usd = 1, string account = "111122223333", int day = 1, string product = "AmazonEC2", decimal? list = null, string type = "Usage", decimal? reserved = null, decimal? plan = null,
        string tags = "{}", int month = 3) => string.Create(CultureInfo.InvariantCulture,
        $"x,999988887777,2026-{month:00}-01T00:00:00.000Z,{account},{type},2026-{month:00}-{day:00}T00:00:00.000Z,{product},{Quoted(resource)},{usd},USD,{list ?? usd},{reserved},{plan},{Quoted(tags)}");

    public static string Focus(string resource = "i-1", decimal usd = 1, int day = 1, string service = "Amazon Elastic Compute Cloud", string category = "Usage") => string.Create(CultureInfo.InvariantCulture,
        $"{usd},999988887777,USD,2026-03-01T00:00:00Z,{category},2026-03-{day:00}T00:00:00Z,{usd},{usd * 2},{Quoted(resource)},{service},111122223333,\"{{\"\"a\"\": \"\"b, c\"\"}}\"");

    public static byte[] File(string header, params IEnumerable<string> lines) => Encoding.UTF8.GetBytes($"{header}\r\n{string.Concat(lines.Select(line => line + "\r\n"))}");

    public static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain);
        return packed.ToArray();
    }

    public static BillPart Part(byte[] content, string name = "bill.csv") => new(name, _ => Task.FromResult<Stream>(new MemoryStream(content)));

    public static async Task<(List<BillLine> Lines, BillTally Tally)> ReadAsync(byte[] content)
    {
        var tally = new BillTally();
        var lines = new List<BillLine>();
        await foreach (var line in BillFile.ReadAsync(new MemoryStream(content), tally, new ParquetBill(), CancellationToken.None))
            lines.Add(line);
        return (lines, tally);
    }

    private static string Quoted(string field) => field.AsSpan().IndexOfAny(",\"") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

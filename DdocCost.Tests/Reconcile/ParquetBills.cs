using Parquet;
using Parquet.Schema;

namespace DdocCost.Tests.Reconcile;

/// <summary>A Cost and Usage Report as AWS exports it in Parquet: typed columns, some empty, in row groups.</summary>
internal static class ParquetBills
{
    public static async Task<byte[]> ReportAsync(int groups, int rows)
    {
        DataField<string> payer = new("bill_payer_account_id"), account = new("line_item_usage_account_id"), type = new("line_item_line_item_type"), product = new("line_item_product_code"),
            resource = new("line_item_resource_id"), currency = new("line_item_currency_code"), unread = new("line_item_line_item_description");
        DataField<DateTime> period = new("bill_billing_period_start_date");
        DataField<DateTime?> begin = new("line_item_usage_start_date");
        DataField<double> cost = new("line_item_unblended_cost");
        DataField<double?> list = new("pricing_public_on_demand_cost");
        DataField<decimal?> plan = new("savings_plan_savings_plan_effective_cost");
        using var file = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(payer, account, type, product, currency, unread, resource, period, begin, cost, list, plan), file))
        {
            for (var group = 0; group < groups; group++)
            {
                using var into = writer.CreateRowGroup();
                foreach (var (field, value) in new[] { (payer, "999988887777"), (account, "111122223333"), (type, "Usage"), (product, "AmazonEC2"), (currency, "USD"), (unread, "$0.1 per hour") })
                    await into.WriteAsync(field, Enumerable.Repeat(value, rows).ToArray());
                await into.WriteAsync(resource, Enumerable.Range(0, rows).Select(row => row == 0 ? null! : $"i-{group}-{row}").ToArray());
                await into.WriteAsync(period, Each(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc)));
                await into.WriteAsync<DateTime>(begin, Each<DateTime?>(new DateTime(2026, 3, 5, 23, 0, 0, DateTimeKind.Utc)));
                await into.WriteAsync(cost, Each(0.25));
                await into.WriteAsync<double>(list, Enumerable.Range(0, rows).Select(row => row % 2 == 0 ? (double?)0.5 : null).ToArray());
                await into.WriteAsync<decimal>(plan, Each<decimal?>(null));
                into.CompleteValidate();
            }
        }

        return file.ToArray();

        ReadOnlyMemory<T> Each<T>(T value) => Enumerable.Repeat(value, rows).ToArray();
    }
}

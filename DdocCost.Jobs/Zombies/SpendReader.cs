using System.Globalization;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Zombies;

/// <summary>Asks Cost Explorer where and for what an account was billed, so that the rest needs no scan. A request costs 0.01 USD.</summary>
internal static class SpendReader
{
    private const string Call = "ce:GetCostAndUsage";
    private const int Days = 30;

    /// <summary>
    /// Spend of the last 30 days, credits and refunds aside; null where that is not known: no permission, not set up, no budget left for asking, or an answer without
    /// any spend at all.
    /// </summary>
    public static async Task<Spend?> ReadAsync(AwsClient client, DateTimeOffset now, HuntMeter meter, CancellationToken cancellationToken)
    {
        var input = new Dictionary<string, object>
        {
            ["TimePeriod"] = new { Start = Date(now.AddDays(-Days)), End = Date(now) },
            ["Granularity"] = "MONTHLY",
            ["Metrics"] = new[] { "UnblendedCost" },
            ["GroupBy"] = new[] { new { Type = "DIMENSION", Key = "REGION" }, new { Type = "DIMENSION", Key = "SERVICE" } },
            ["Filter"] = new
            {
                And = new object[]
                {
                    new { Dimensions = new { Key = "LINKED_ACCOUNT", Values = new[] { client.AccountId } } },
                    new { Not = new { Dimensions = new { Key = "RECORD_TYPE", Values = new[] { "Credit", "Refund" } } } }, // what credits pay for runs all the same
                },
            },
        };
        var billed = new List<(string Region, string Service)>();
        string? token = null;
        try
        {
            do
            {
                if (!meter.TryCount(Call))
                    return null;
                if (token is not null)
                    input["NextPageToken"] = token;
                var page = new Wire(await client.JsonAsync(HuntOperations.Find(Call).Operation, input, cancellationToken));
                billed.AddRange(
                    from period in RegionReader.Expect(Call, page, "ResultsByTime").All
                    from one in period.Items("Groups")
                    where one["Metrics"]["UnblendedCost"].Number("Amount") is > 0
                    let keys = one.Texts("Keys").ToList()
                    where keys.Count == 2
                    select (keys[0], keys[1]));
                token = page.Text("NextPageToken") is { } next && next != token ? next : null;
            }
            while (token is not null);
        }
        catch (Exception error) when (Unanswered.Words(error) is not null && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        var spend = new Spend(billed);
        return spend.IsTelling ? spend : null;
    }

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

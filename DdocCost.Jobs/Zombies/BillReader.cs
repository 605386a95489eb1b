using System.Globalization;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Zombies;

/// <summary>
/// Asks Cost Explorer what each machine was billed, where the tenant wants it and the account has switched it on ("resource-level data at daily granularity").
/// Every page costs 0.01 USD, counts against the scan's budget, and holds the last 14 days, which is all that AWS keeps by resource.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostAndUsageWithResources.html</remarks>
internal static class BillReader
{
    /// <summary>The call, and the action that it takes.</summary>
    public const string Call = "ce:GetCostAndUsageWithResources";

    private const int Days = 14;

    // One service a request; machines are where a discount makes the largest difference.
    private const string Machines = "Amazon Elastic Compute Cloud - Compute";

    /// <summary>What was billed by resource; null where AWS does not tell.</summary>
    public static async Task<BilledCosts?> ReadAsync(AwsClient client, DateTimeOffset now, HuntMeter meter, CancellationToken cancellationToken)
    {
        var input = new Dictionary<string, object>
        {
            ["TimePeriod"] = new { Start = Date(now.AddDays(-Days)), End = Date(now) },
            ["Granularity"] = "DAILY",
            ["Metrics"] = new[] { "NetAmortizedCost" }, // with savings plans and private discounts, as it is paid
            ["GroupBy"] = new[] { new { Type = "DIMENSION", Key = "RESOURCE_ID" } },
            ["Filter"] = new
            {
                And = new object[]
                {
                    new { Dimensions = new { Key = "LINKED_ACCOUNT", Values = new[] { client.AccountId } } },
                    new { Dimensions = new { Key = "SERVICE", Values = new[] { Machines } } },
                    new { Not = new { Dimensions = new { Key = "RECORD_TYPE", Values = new[] { "Credit", "Refund" } } } },
                },
            },
        };
        var billed = new Dictionary<string, (decimal Usd, HashSet<string> Days)>();
        string? token = null;
        try
        {
            do
            {
                if (!meter.TryCount(Call))
                    return null; // half a bill would make half a month
                if (token is not null)
                    input["NextPageToken"] = token;
                var page = new Wire(await client.JsonAsync(HuntOperations.Find(Call).Operation, input, cancellationToken));
                foreach (var period in RegionReader.Expect(Call, page, "ResultsByTime").All)
                {
                    foreach (var one in period.Items("Groups"))
                    {
                        if (one.Texts("Keys").FirstOrDefault() is not { } id || one["Metrics"]["NetAmortizedCost"].Number("Amount") is not { } usd || usd == 0 || period["TimePeriod"].Text("Start") is not { } day)
                            continue;
                        var known = billed.GetValueOrDefault(id, (0, []));
                        known.Days.Add(day);
                        billed[id] = (known.Usd + usd, known.Days);
                    }
                }

                token = page.Text("NextPageToken") is { } next && next != token ? next : null;
            }
            while (token is not null);
        }
        catch (Exception error) when (Unanswered.Words(error) is not null && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        return billed.Count == 0 ? null : new BilledCosts("Cost Explorer", billed.ToDictionary(one => one.Key, one => (one.Value.Usd, one.Value.Days.Count)));
    }

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

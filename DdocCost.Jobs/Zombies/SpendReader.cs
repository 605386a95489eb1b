using System.Globalization;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Zombies;

/// <summary>Asks Cost Explorer in which regions an account spent anything, so that the others need no scan.</summary>
internal static class SpendReader
{
    private const int Days = 30;

    /// <summary>
    /// Regions with spend in the last 30 days; null where that is not known: no permission, not set up, or an answer without any spend at all.
    /// </summary>
    public static async Task<IReadOnlySet<string>?> RegionsAsync(AwsClient client, DateTimeOffset now, HuntMeter meter, CancellationToken cancellationToken)
    {
        var operation = HuntOperations.Find("ce:GetCostAndUsage").Operation;
        var input = new Dictionary<string, object>
        {
            ["TimePeriod"] = new { Start = Date(now.AddDays(-Days)), End = Date(now) },
            ["Granularity"] = "MONTHLY",
            ["Metrics"] = new[] { "UnblendedCost" },
            ["GroupBy"] = new[] { new { Type = "DIMENSION", Key = "REGION" } },
            ["Filter"] = new { Dimensions = new { Key = "LINKED_ACCOUNT", Values = new[] { client.AccountId } } },
        };
        var regions = new HashSet<string>();
        try
        {
            await foreach (var page in client.JsonPagesAsync(operation, input, cancellationToken))
            {
                meter.Count("ce:GetCostAndUsage");
                foreach (var group in new Wire(page).Items("ResultsByTime").SelectMany(period => period.Items("Groups")))
                {
                    if (group.Texts("Keys").FirstOrDefault() is { } region && group["Metrics"]["UnblendedCost"].Number("Amount") is > 0)
                        regions.Add(region);
                }
            }
        }
        catch (AwsException)
        {
            return null;
        }

        return regions.Any(region => region.Contains('-', StringComparison.Ordinal)) ? regions : null;
    }

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Globalization;
using DdocCost.Domain.Access;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Sources;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.App.Api;

/// <summary>Estimates as rows of the FinOps Open Cost and Usage Specification 1.2.</summary>
public sealed class FocusTests(PostgresServer postgres, RedisServer redis)
{
    // The 21 columns whose feature level is "Mandatory" in FOCUS 1.2, and of them those that may be empty.
    private static readonly string[] Mandatory =
    [
        "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass",
        "ChargeDescription", "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost", "EffectiveCost", "InvoiceIssuerName", "ListCost", "PricingQuantity", "PricingUnit",
        "ProviderName", "PublisherName", "ServiceCategory", "ServiceName",
    ];

    private static readonly string[] MayBeEmpty = ["ChargeClass"];

    private static readonly string[] Categories =
    [
        "AI and Machine Learning", "Analytics", "Business Applications", "Compute", "Databases", "Developer Tools", "Multicloud", "Identity", "Integration", "Internet of Things",
        "Management and Governance", "Media", "Migration", "Mobile", "Networking", "Security", "Storage", "Web", "Other", "End User Computing",
    ];

    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_resource_and_day_is_a_row_and_the_sum_is_rate_times_time()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        using var client = await host.ApiClientAsync(AccessRole.Viewer);
        var started = Some.Event(usdPerHour: 26.06m, at: Begin.AddHours(30));
        var stop = Some.Event(usdPerHour: -10, at: Begin.AddHours(20));
        var bought = Some.Event(usdPerHour: 0, at: Begin.AddHours(5));
        await host.StoreAsync(
            BrowserHost.Tenant,
            new ConnectedAccount { Id = Some.Account, AccountId = Some.Account, Name = "production", Regions = ["eu-west-1"], ConnectedAt = Begin },
            Some.Running("i-1", usdPerHour: 26.06m) with { Since = Begin.AddHours(24), SpentUsd = 120, RateSince = Begin.AddHours(30), StartedByEvent = started.Id.ToString() },
            Some.Running("i-free", usdPerHour: 0) with { Since = Begin },
            Some.Running("i-unpriced", usdPerHour: null) with { Since = Begin },
            started,
            stop with { Costed = stop.Costed with { Past = [Past("i-old", 10, Begin.AddDays(-9), stop.Time), Past("i-1", 20, Begin.AddHours(24), Begin.AddHours(30))], Stopped = [new StoppedResource("i-unknown", 10, "e-0")] } },
            bought with { Costed = bought.Costed with { OneTimeUsd = 500 } });
        await host.StoreAsync("another", Some.Running("i-secret") with { Since = Begin });

        var rows = await ReadAsync(client, "/api/v1/exports/focus?from=2026-03-01T00:00:00Z&to=2026-03-04T00:00:00Z");
        using var beforeTime = await client.GetAsync("/api/v1/exports/focus?to=0001-01-01T00:00:00Z", TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, beforeTime.StatusCode);
        Assert.Equal(["i-0123456789abcdef0", "i-1", "i-1", "i-1", "i-old"], rows.Select(row => row["ResourceId"]).Order(StringComparer.Ordinal));
        Assert.Equal((20m * 6) + (26.06m * 42), Sum("i-1")); // at the rate of the time
        Assert.Equal(10m * 20, Sum("i-old")); // what lies before the period is left out
        Assert.Equal((500m, "Purchase"), (Sum("i-0123456789abcdef0"), rows.Single(row => row["ResourceId"] == "i-0123456789abcdef0")["ChargeCategory"]));
        var first = rows.First(row => row["ResourceId"] == "i-1" && row["PricingQuantity"] == "18");
        Assert.Equal(("2026-03-02T06:00:00Z", "2026-03-03T00:00:00Z", "18"), (first["ChargePeriodStart"], first["ChargePeriodEnd"], first["PricingQuantity"]));
        Assert.Equal(("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", "production"), (first["BillingPeriodStart"], first["BillingPeriodEnd"], first["BillingAccountName"]));
        Assert.Equal(("96", "case-1", "alice", "High"), (first["x_Score"], first["x_CaseId"], first["x_ActorName"], first["x_Confidence"]));
        Assert.All(rows, AssertConforms);

        decimal Sum(string id) => rows.Where(row => row["ResourceId"] == id).Sum(row => decimal.Parse(row["ListCost"], CultureInfo.InvariantCulture));
    }

    private static PastRate Past(string id, decimal usdPerHour, DateTimeOffset from, DateTimeOffset until) => new()
    {
        ResourceId = id, ResourceType = "ec2:instance", Service = "ec2", Region = "eu-west-1", UsdPerHour = usdPerHour, From = from, Until = until, StartedByEvent = "e-0", StartedByActor = "user/alice",
    };

    private static void AssertConforms(IReadOnlyDictionary<string, string> row)
    {
        Assert.Empty(Mandatory.Except(row.Keys));
        Assert.All(Mandatory.Except(MayBeEmpty), column => Assert.NotEqual("", row[column]));
        Assert.All(row.Keys.Where(column => !char.IsAsciiLetterUpper(column[0])), column => Assert.StartsWith("x_", column, StringComparison.Ordinal));
        Assert.True(row["ChargeCategory"] is "Usage" or "Purchase", row["ChargeCategory"]);
        Assert.Contains(row["ServiceCategory"], Categories);
        Assert.Equal("USD", row["BillingCurrency"]);
        Assert.True(string.CompareOrdinal(row["ChargePeriodStart"], row["ChargePeriodEnd"]) < 0);
    }

    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> ReadAsync(HttpClient client, string path)
    {
        var lines = (await client.GetStringAsync(path, TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var columns = lines[0].Split(',');
        return [.. lines.Skip(1).Select(Cells).Select(cells => columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    // RFC 4180: a cell in quotation marks may hold commas; doubled ones stand for one.
    private static List<string> Cells(string line)
    {
        var cells = new List<string> { "" };
        var quoted = false;
        foreach (var c in line)
        {
            switch (c)
            {
                case '"': quoted = !quoted; break;
                case ',' when !quoted: cells.Add(""); break;
                default: cells[^1] += c; break;
            }
        }

        return cells;
    }
}

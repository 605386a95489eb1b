using System.Globalization;
using System.Text.Json;
using DdocCost.Domain;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Refresh;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Prices;
using DdocCost.Tests.Aws;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DdocCost.Tests.Prices;

/// <summary>Instance types that run and that the book does not list are priced by the query API, over AWS's own protocol.</summary>
public sealed class QueryPricesTests(PostgresServer postgres)
{
    private const string Region = "eu-central-1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Adds_what_runs_and_is_not_listed_over_pages_and_throttling_and_skips_a_broken_product()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["pricing:GetProducts"] = call => call.Json.TryGetProperty("NextToken", out _)
            ? Page(null, Product("m99.large", "Windows", 0.3m), Product("m99.large", "Linux", 9m, "eu-central-1-ham-1"))
            : Page("more", "{\"product\":{\"sku\":", """{"product":7,"terms":{}}""", """{"product":{"sku":"\ud800"},"terms":{}}""", Product("m99.large", "Linux", 0.2m));
        aws.Faults.Enqueue(_ => StandInAnswer.Error(400, "ThrottlingException", "Rate exceeded"));
        using var host = await HostAsync(aws);
        await RunningAsync(host, ("i-1", "m99.large"), ("i-2", "m99.large"), ("i-3", "m5.large"));
        var embedded = PriceBook.Embedded.Find("ec2", "m5.large", Region)!.Usd;

        var version = await RunAsync(host);

        var book = (await Store(host).BookAsync(version!.Value, Stop))!;
        Assert.Equal(version, await Store(host).VersionInUseAsync(Stop));
        Assert.Equal((0.2m, 0.3m, embedded), (book.Find("ec2", "m99.large", Region)!.Usd, book.Find("ec2", "m99.large windows", Region)!.Usd, book.Find("ec2", "m5.large", Region)!.Usd));
        Assert.True(book.Find("ec2", "m99.large", Region)!.IsFromAws);
        var refresh = Assert.Single(await Store(host).LatestAsync(5, Stop));
        var part = Assert.Single(refresh.Report!.Parts);
        Assert.Equal((RefreshState.Kept, 2, 3), (refresh.State, part.Added, part.Skipped));
        Assert.Contains("3 products could not be read", refresh.Says, StringComparison.Ordinal);
        Assert.Equal(DateTimeOffset.Parse(OfferFile.Published, CultureInfo.InvariantCulture), part.Published);
        Assert.Equal(3, aws.CallsOf("pricing:GetProducts").Count);
        Assert.All(aws.Calls, call => Assert.Equal("us-east-1", call.Region));
        Assert.Equal(["m99.large", Region], aws.Calls[0].Json.GetProperty("Filters").EnumerateArray().Select(filter => filter.GetProperty("Value").GetString()!));

        await Eventually.TrueAsync(() => Task.FromResult(host.Services.GetRequiredService<CurrentPrices>().Book.Version == version), "the new version in use");
        Assert.Null(await RunAsync(host));
        Assert.Equal(3, aws.Calls.Count);
    }

    [Fact]
    public async Task Adds_to_the_version_in_use_and_loses_nothing_of_it()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["pricing:GetProducts"] = call => Page(null, Product(call.Json.GetProperty("Filters")[0].GetProperty("Value").GetString()!, "Linux", 0.2m));
        using var host = await HostAsync(aws);
        await RunningAsync(host, ("i-1", "m99.large"));
        var first = await RunAsync(host);
        await Eventually.TrueAsync(() => Task.FromResult(host.Services.GetRequiredService<CurrentPrices>().Book.Version == first), "the first version in use");
        await RunningAsync(host, ("i-2", "c99.large"));

        var second = await RunAsync(host);

        var book = (await Store(host).BookAsync(second!.Value, Stop))!;
        Assert.Equal((0.2m, 0.2m), (book.Find("ec2", "m99.large", Region)!.Usd, book.Find("ec2", "c99.large", Region)!.Usd));
        Assert.Equal(2, aws.Calls.Count);
    }

    [Fact]
    public async Task Leaves_the_book_as_it_is_where_AWS_refuses_or_tells_what_cannot_be_believed()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["pricing:GetProducts"] = call => call.Body.Contains("c99", StringComparison.Ordinal)
            ? Page(null, Product("c99.large", "Linux", 50_000m)) : StandInAnswer.Error(400, "AccessDeniedException", "not authorized to perform pricing:GetProducts");
        using var host = await HostAsync(aws);
        await RunningAsync(host, ("i-1", "m99.large"), ("i-2", "c99.large"));

        await RunAsync(host);

        var refresh = Assert.Single(await Store(host).LatestAsync(5, Stop));
        Assert.Equal((RefreshState.Refused, 0L), (refresh.State, await Store(host).VersionInUseAsync(Stop)));
        Assert.Contains(refresh.Report!.Parts, part => part.Problem!.Contains("pricing:GetProducts", StringComparison.Ordinal));
        Assert.Contains(refresh.Report.Parts, part => part.Problem!.Contains("50000", StringComparison.Ordinal));
        Assert.Null(await RunAsync(host)); // asked again tomorrow
    }

    [Fact]
    public async Task Asks_nobody_while_it_is_off()
    {
        await using var aws = await AwsStandIn.StartAsync();
        using var host = await HostAsync(aws, "false");
        await RunningAsync(host, ("i-1", "m99.large"));

        Assert.Null(await RunAsync(host));

        Assert.Empty(aws.Calls);
    }

    private static StandInAnswer Page(string? next, params string[] products) => StandInAnswer.Json(new { FormatVersion = "aws_v1", NextToken = next, PriceList = products });

    private static string Product(string type, string system, decimal usd, string region = Region) => JsonSerializer.Serialize(new
    {
        product = new
        {
            productFamily = "Compute Instance",
            attributes = new { instanceType = type, operatingSystem = system, tenancy = "Shared", capacitystatus = "Used", preInstalledSw = "NA", regionCode = region },
            sku = "A",
        },
        serviceCode = "AmazonEC2",
        terms = new
        {
            OnDemand = new Dictionary<string, object>
            {
                ["A.B"] = new { priceDimensions = new Dictionary<string, object> { ["A.B.C"] = new { unit = "Hrs", beginRange = "0", pricePerUnit = new { USD = usd.ToString(CultureInfo.InvariantCulture) } } } },
            },
        },
        publicationDate = OfferFile.Published,
    });

    private static async Task RunningAsync(IHost host, params (string Id, string Size)[] instances)
    {
        await using var session = host.Services.GetRequiredService<IDocumentStore>().LightweightSession("acme");
        session.Store(AwsHost.Account());
        session.Store(instances.Select(one => new RunningResource
        {
            Id = $"111122223333/{Region}/ec2:instance/{one.Id}", AccountId = "111122223333", ResourceId = one.Id, Region = Region, Service = "ec2", ResourceType = "ec2:instance",
            Size = one.Size, Since = DateTimeOffset.UnixEpoch, StartedBy = Actor.Unknown, StartedByEvent = "e",
        }).ToArray());
        await session.SaveChangesAsync(Stop);
    }

    private static Task<long?> RunAsync(IHost host) => host.Services.GetRequiredService<QueryPricesJob>().RunAsync(Stop);

    private static PriceStore Store(IHost host) => host.Services.GetRequiredService<PriceStore>();

    private async Task<IHost> HostAsync(AwsStandIn aws, string query = "true")
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("Prices:Query", query), new("Prices:Watch", "00:00:00.050"), new("AWS_ENDPOINT_URL", aws.Url), new("Aws:FirstPause", "00:00:00.002")]);
        builder.Logging.ClearProviders();
        builder.Services.AddDomain(await postgres.NewDatabaseAsync()).AddSingleton<ISecretBox, PlainBox>().AddSingleton<IPanicSwitch, Calm>().AddAws().AddPrices();
        var host = builder.Build();
        await host.StartAsync(Stop);
        return host;
    }

    private sealed class Calm : IPanicSwitch
    {
        public ValueTask<PanicState> ReadAsync(CancellationToken cancellationToken) => new(PanicState.Off);

        public Task EngageAsync(string reason, string by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseAsync(string by, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

using DdocCost.Domain;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Refresh;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Prices;
using DdocCost.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DdocCost.Tests.Prices;

/// <summary>The whole refresh over HTTP into PostgreSQL, with a process that works on meanwhile.</summary>
public sealed class RefreshPricesTests(PostgresServer postgres)
{
    private const string Region = "eu-central-1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_a_version_that_running_processes_price_with_at_once_and_that_can_be_taken_back()
    {
        await using var list = await ListAsync();
        using var host = await HostAsync(list.Url);
        var prices = host.Services.GetRequiredService<CurrentPrices>();
        var ledger = new ResourceLedger(Ledger.Trail.Account, [], [], [], prices);
        var was = prices.Book.Find("ec2", "m5.large", Region)!.Usd;

        var version = await RunAsync(host);

        await Eventually.TrueAsync(() => Task.FromResult(prices.Book.Version == version), "the new version in use");
        Assert.Equal(was * 1.1m, prices.Book.Find("ec2", "m5.large", Region)!.Usd);
        var launched = Ledger.Trail.Event(1, 1, "RunInstances", "alice", new Domain.Normalise.ResourceChange
        {
            Action = Domain.Normalise.ResourceAction.Start, ResourceType = "ec2:instance", Size = "m5.large", ResourceIds = ["i-1"],
        }) with { Region = Region };
        Assert.Equal(was * 1.1m, ledger.Apply(launched).UsdPerHour);

        Assert.True(await Store(host).UseAsync(0, "alice", Stop));
        await Eventually.TrueAsync(() => Task.FromResult(prices.Book.Version == 0), "the embedded book again");
        Assert.True(await Store(host).UseAsync(version!.Value, "alice", Stop));
        await Eventually.TrueAsync(() => Task.FromResult(prices.Book.Version == version), "the version again");
        Assert.False(await Store(host).UseAsync(4711, "alice", Stop));
    }

    [Fact]
    public async Task Says_what_it_read_and_what_changed()
    {
        await using var list = await ListAsync();
        using var host = await HostAsync(list.Url);

        await RunAsync(host);

        var refresh = Assert.Single(await Store(host).LatestAsync(5, Stop));
        Assert.Equal(RefreshState.Kept, refresh.State);
        Assert.NotNull(refresh.FinishedAt);
        Assert.True(refresh.IsUsable && refresh.BytesRead > 1_000_000);
        Assert.Equal(["AWSELB", "AmazonEC2", "AmazonElastiCache", "AmazonRDS", "AmazonVPC"], refresh.Report!.Parts.Select(part => part.Offer).Order(StringComparer.Ordinal));
        Assert.All(refresh.Report.Parts, part => Assert.Equal((Region, null), (part.Region, part.Problem)));
        Assert.Equal(DateTimeOffset.Parse(OfferFile.Published, System.Globalization.CultureInfo.InvariantCulture), refresh.Report.Parts[0].Published);
        Assert.True(refresh.Report.Moved > 300);
        Assert.All(refresh.Report.BiggestMoves, move => Assert.InRange(move.Factor, 1.09m, 1.11m));
    }

    [Fact]
    public async Task Keeps_the_good_book_when_a_broken_one_comes()
    {
        await using var list = await ListAsync();
        using var host = await HostAsync(list.Url);
        var good = await RunAsync(host);

        list.Put("AmazonEC2", (Region, OfferFile.Bytes("AmazonEC2", Region, OfferFile.Listed("AmazonEC2", Region, row => row.Usd * 2))));
        list.Files["/offers/v1.0/aws/AmazonRDS/20261102/eu-central-1/index.json"] = "<html>Service unavailable</html>"u8.ToArray();
        list.Files.TryRemove("/offers/v1.0/aws/AmazonVPC/20261102/eu-central-1/index.json", out _);
        list.Put("AWSELB", (Region, OfferFile.Bytes("AWSELB", Region, OfferFile.Listed("AWSELB", Region, _ => -1))));
        list.Put("AmazonElastiCache", (Region, OfferFile.Bytes("AmazonElastiCache", Region, OfferFile.Listed("AmazonElastiCache", Region).Take(3))));
        await RunAsync(host);

        var refused = (await Store(host).LatestAsync(1, Stop))[0];
        Assert.Equal((RefreshState.Refused, false), (refused.State, refused.IsUsable));
        Assert.All(refused.Report!.Parts, part => Assert.NotNull(part.Problem));
        Assert.Equal(good, await Store(host).VersionInUseAsync(Stop));
    }

    [Fact]
    public async Task Takes_over_what_is_good_and_keeps_the_rest_as_it_was()
    {
        await using var list = await ListAsync();
        using var host = await HostAsync(list.Url);
        await RunAsync(host);

        list.Put("AmazonEC2", (Region, OfferFile.Bytes("AmazonEC2", Region, OfferFile.Listed("AmazonEC2", Region, row => row.Usd * 1.2m))));
        list.Files["/offers/v1.0/aws/AmazonRDS/20261102/eu-central-1/index.json"] = "{"u8.ToArray();
        var version = await RunAsync(host);

        var book = (await Store(host).BookAsync(version!.Value, Stop))!;
        Assert.Equal(PriceBook.Embedded.Find("ec2", "m5.large", Region)!.Usd * 1.2m, book.Find("ec2", "m5.large", Region)!.Usd);
        Assert.Equal(PriceBook.Embedded.Find("rds", "db.m5.large postgres single-az", Region)!.Usd * 1.1m, book.Find("rds", "db.m5.large postgres single-az", Region)!.Usd);
        Assert.Contains("AmazonRDS of eu-central-1", (await Store(host).LatestAsync(1, Stop))[0].Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tries_again_when_a_download_breaks_off()
    {
        await using var list = await ListAsync();
        list.BreaksOff = 2;
        using var host = await HostAsync(list.Url);

        await RunAsync(host);

        Assert.All((await Store(host).LatestAsync(1, Stop))[0].Report!.Parts, part => Assert.Null(part.Problem));
    }

    [Fact]
    public async Task Asks_nobody_while_it_is_off_or_in_panic_mode()
    {
        await using var list = await ListAsync();
        using var off = await HostAsync(list.Url, ("Prices:Refresh", "false"));
        Assert.Null(await RunAsync(off));
        using var panicking = await HostAsync(list.Url);
        panicking.Services.GetRequiredService<Switch>().State = new PanicState(true, "drill", "alice", DateTimeOffset.UnixEpoch);
        Assert.Null(await RunAsync(panicking));

        Assert.Empty(list.Asked);
        Assert.Same(PriceBook.Embedded, off.Services.GetRequiredService<CurrentPrices>().Book);
    }

    [Fact]
    public async Task Does_not_follow_an_index_to_another_host()
    {
        await using var list = await ListAsync();
        list.Files["/offers/v1.0/aws/index.json"] = """{"offers":{"AmazonEC2":{"currentRegionIndexUrl":"http://169.254.169.254/latest"}}}"""u8.ToArray();
        using var host = await HostAsync(list.Url);

        await RunAsync(host);

        var failed = (await Store(host).LatestAsync(1, Stop))[0];
        Assert.Equal(RefreshState.Failed, failed.State);
        Assert.Contains(failed.Report!.Parts, part => part.Problem!.Contains("leads to another host", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_that_a_refresh_was_interrupted_and_lets_only_one_run_at_a_time()
    {
        await using var list = await ListAsync();
        using var host = await HostAsync(list.Url);
        var killed = await Store(host).BeginAsync(Stop);
        await using var other = await host.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        await other.ExecuteAsync("select pg_advisory_lock(x'64646f6300000010'::bigint)", Stop);
        Assert.Null(await RunAsync(host));
        await other.ExecuteAsync("select pg_advisory_unlock_all()", Stop);

        await RunAsync(host);

        var before = (await Store(host).LatestAsync(2, Stop))[1];
        Assert.Equal((killed, RefreshState.Failed, "was interrupted"), (before.Version, before.State, before.Says));
    }

    private static async Task<PriceListStub> ListAsync()
    {
        var list = await PriceListStub.StartAsync();
        foreach (var offer in Domain.Pricing.Offers.PriceOffer.All)
            list.Put(offer.Code, (Region, OfferFile.Bytes(offer.Code, Region, OfferFile.Listed(offer.Code, Region, row => row.Usd * 1.1m))));
        return list;
    }

    private static Task<long?> RunAsync(IHost host) => host.Services.GetRequiredService<RefreshPricesJob>().RunAsync(Stop);

    private static PriceStore Store(IHost host) => host.Services.GetRequiredService<PriceStore>();

    private async Task<IHost> HostAsync(Uri url, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Prices:Refresh"] = "true",
            ["Prices:Url"] = url.ToString(),
            ["Prices:Regions:0"] = Region,
            ["Prices:Watch"] = "00:00:00.050",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.ClearProviders();
        builder.Services.AddDomain(await postgres.NewDatabaseAsync()).AddPrices().AddSingleton<Switch>().AddSingleton<IPanicSwitch>(provider => provider.GetRequiredService<Switch>());
        var host = builder.Build();
        await host.StartAsync(Stop);
        return host;
    }

    private sealed class Switch : IPanicSwitch
    {
        public PanicState State { get; set; } = PanicState.Off;

        public ValueTask<PanicState> ReadAsync(CancellationToken cancellationToken) => new(State);

        public Task EngageAsync(string reason, string by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseAsync(string by, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

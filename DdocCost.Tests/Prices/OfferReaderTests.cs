using System.Globalization;
using System.Text;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Offers;

namespace DdocCost.Tests.Prices;

public sealed class OfferReaderTests
{
    private const string Region = "eu-central-1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Attributes as AWS lists them, the key of our book, and the price that must come out of a listed 0.5.
    [Theory]
    [InlineData("AmazonEC2", "Compute Instance", "instanceType=m5.large;operatingSystem=Linux;tenancy=Shared;capacitystatus=Used;preInstalledSw=NA;licenseModel=No License required", "Hrs", "ec2 m5.large hour 0.5")]
    [InlineData("AmazonEC2", "Compute Instance (bare metal)", "instanceType=m5.metal;operatingSystem=Linux;tenancy=Shared;capacitystatus=Used;preInstalledSw=NA", "Hrs", "ec2 m5.metal hour 0.5")]
    [InlineData("AmazonEC2", "Compute Instance", "instanceType=m5.large;operatingSystem=Windows;tenancy=Shared;capacitystatus=Used;preInstalledSw=NA;licenseModel=No License required", "Hrs", "ec2 m5.large windows hour 0.5")]
    [InlineData("AmazonEC2", "Compute Instance", "instanceType=m5.large;operatingSystem=RHEL;tenancy=Shared;capacitystatus=Used;preInstalledSw=NA", "Hrs", "ec2 m5.large rhel hour 0.5")]
    [InlineData("AmazonEC2", "Compute Instance", "instanceType=m5.large;operatingSystem=SUSE;tenancy=Dedicated;capacitystatus=Used;preInstalledSw=NA", "Hrs", "ec2 m5.large suse dedicated hour 0.5")]
    [InlineData("AmazonEC2", "Compute Instance", "instanceType=m5.large;operatingSystem=Linux;tenancy=Dedicated;capacitystatus=Used;preInstalledSw=NA", "Hrs", "ec2 m5.large dedicated hour 0.5")]
    [InlineData("AmazonEC2", "Compute Instance", "instanceType=m5.large;operatingSystem=Linux;tenancy=Host;capacitystatus=Used;preInstalledSw=NA", "Hrs", null)]
    [InlineData("AmazonEC2", "Compute Instance", "instanceType=m5.large;operatingSystem=Windows;tenancy=Shared;capacitystatus=Used;preInstalledSw=NA;licenseModel=Bring your own license", "Hrs", null)]
    [InlineData("AmazonEC2", "Compute Instance", "instanceType=m5.large;operatingSystem=Windows;tenancy=Shared;capacitystatus=Used;preInstalledSw=SQL Std", "Hrs", null)]
    [InlineData("AmazonEC2", "Compute Instance", "instanceType=m5.large;operatingSystem=Linux;tenancy=Shared;capacitystatus=AllocatedCapacityReservation;preInstalledSw=NA", "Hrs", null)]
    [InlineData("AmazonEC2", "Compute Instance", "instanceType=m5.large;operatingSystem=Linux;tenancy=Shared;capacitystatus=Used;preInstalledSw=NA;marketoption=CapacityBlock", "Hrs", null)]
    [InlineData("AmazonEC2", "Compute Instance", "instanceType=m5.large;operatingSystem=Linux;tenancy=Shared;capacitystatus=Used;preInstalledSw=NA;regionCode=eu-central-1-ham-1", "Hrs", null)]
    [InlineData("AmazonEC2", "Dedicated Host", "instanceType=c5;usagetype=EUC1-HostUsage:c5", "Hrs", "ec2 dedicated host c5 hour 0.5")]
    [InlineData("AmazonEC2", "Storage", "volumeApiName=gp3;usagetype=EUC1-EBS:VolumeUsage.gp3", "GB-Mo", "ebs gp3 gb-month 0.5")]
    [InlineData("AmazonEC2", "System Operation", "volumeApiName=gp3;usagetype=EUC1-EBS:VolumeP-IOPS.gp3", "IOPS-Mo", "ebs gp3 iops (above 3000) iops-month 0.5")]
    [InlineData("AmazonEC2", "System Operation", "volumeApiName=io1;usagetype=EBS:VolumeP-IOPS.piops", "IOPS-Mo", "ebs io1 iops iops-month 0.5")]
    [InlineData("AmazonEC2", "System Operation", "volumeApiName=io2;usagetype=EBS:VolumeP-IOPS.io2.tier2", "IOPS-Mo", "ebs io2 iops (32001-64000) iops-month 0.5")]
    [InlineData("AmazonEC2", "Provisioned Throughput", "volumeApiName=gp3;usagetype=EBS:VolumeP-Throughput.gp3", "GiBps-mo", "ebs gp3 throughput (above 125) mibps-month 0.00048828125")]
    [InlineData("AmazonEC2", "NAT Gateway", "usagetype=EUC1-NatGateway-Hours", "Hrs", "vpc nat-gateway hour 0.5")]
    [InlineData("AmazonEC2", "NAT Gateway", "usagetype=EUC1-NatGateway-Bytes", "GB", null)]
    [InlineData("AmazonVPC", "VpcEndpoint", "usagetype=EUC1-VpcEndpoint-Hours", "Hrs", "vpc interface-endpoint (per AZ) hour 0.5")]
    [InlineData("AmazonVPC", "Transit Gateway", "usagetype=EUC1-TransitGateway-Hours;operation=TransitGatewayVPC", "hour", "vpc transit-gateway-attachment vpc hour 0.5")]
    [InlineData("AWSELB", "Load Balancer-Network", "usagetype=EUC1-LoadBalancerUsage", "Hrs", "elb nlb hour 0.5")]
    [InlineData("AWSELB", "Load Balancer-Application", "usagetype=EUC1-LCUUsage", "LCU-Hrs", null)]
    [InlineData("AmazonRDS", "Database Instance", "instanceType=db.m5.large;databaseEngine=PostgreSQL;deploymentOption=Single-AZ;usagetype=EUC1-InstanceUsage:db.m5.large", "Hrs", "rds db.m5.large postgres single-az hour 0.5")]
    [InlineData("AmazonRDS", "Database Instance", "instanceType=db.m5.large;databaseEngine=SQL Server;databaseEdition=Standard;licenseModel=License included;deploymentOption=Multi-AZ (SQL Server Mirror)", "Hrs", "rds db.m5.large sqlserver-se li multi-az hour 0.5")]
    [InlineData("AmazonRDS", "Database Instance", "instanceType=db.m5.large;databaseEngine=Oracle;databaseEdition=Enterprise;licenseModel=Bring your own license;deploymentOption=Single-AZ", "Hrs", "rds db.m5.large oracle-ee byol single-az hour 0.5")]
    [InlineData("AmazonRDS", "Database Instance", "instanceType=db.r6g.large;databaseEngine=Aurora MySQL;deploymentOption=Single-AZ;usagetype=EUC1-InstanceUsage:db.r6g.large", "Hrs", "aurora db.r6g.large standard hour 0.5")]
    [InlineData("AmazonRDS", "Database Instance", "instanceType=db.r6g.large;databaseEngine=Aurora PostgreSQL;deploymentOption=Single-AZ;usagetype=EUC1-InstanceUsageIOOptimized:db.r6g.large", "Hrs", "aurora db.r6g.large io-optimized hour 0.5")]
    [InlineData("AmazonRDS", "Database Storage", "usagetype=EUC1-RDS:GP3-Storage;deploymentOption=Single-AZ", "GB-Mo", "rds storage gp3 single-az gb-month 0.5")]
    [InlineData("AmazonElastiCache", "Cache Instance", "instanceType=cache.r6g.large;cacheEngine=Valkey;usagetype=EUC1-NodeUsage:cache.r6g.large", "Hrs", "elasticache cache.r6g.large valkey node-hour 0.5")]
    public async Task Finds_the_price_of_the_book_that_a_product_is(string offer, string family, string attributes, string unit, string? expected)
    {
        var product = OfferFile.Of(family, unit, 0.5m, [.. attributes.Split(';').Select(pair => pair.Split('=')).Select(pair => (pair[0], pair[1]))]);
        var file = OfferFile.Bytes(offer, Region, [product]);
        if (attributes.Contains("regionCode", StringComparison.Ordinal))
            file = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file).Replace($"\"regionCode\":\"{Region}\"", "\"regionCode\":\"eu-central-1-ham-1\"", StringComparison.Ordinal));

        var price = (await ReadAsync(offer, file)).Prices.SingleOrDefault();

        Assert.Equal(expected, price is null ? null : string.Create(CultureInfo.InvariantCulture, $"{price.Service} {price.Product} {price.Unit} {price.Usd}").Replace("0.5000000000", "0.5", StringComparison.Ordinal));
        Assert.True(price is null or { Region: Region, Observed: "2026-11", Confidence: PriceConfidence.High });
    }

    [Fact]
    public async Task Every_product_it_makes_is_one_that_the_book_lists_too()
    {
        foreach (var offer in PriceOffer.All)
        {
            var read = await ReadAsync(offer.Code, OfferFile.Bytes(offer.Code, Region, OfferFile.Listed(offer.Code, Region)));

            Assert.NotEmpty(read.Prices);
            Assert.All(read.Prices, price =>
            {
                var known = PriceBook.Embedded.ListedThere(price.Service, price.Product, Region);
                Assert.Equal((known?.Unit, known?.Usd), (price.Unit, price.Usd));
            });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Reads_the_same_however_the_bytes_come(int atOnce)
    {
        var file = OfferFile.Bytes("AmazonElastiCache", Region, OfferFile.Listed("AmazonElastiCache", Region).Take(20));
        var whole = await ReadAsync("AmazonElastiCache", file);

        var dripped = new OfferReader(ElastiCacheOffers.Map, Region);
        await dripped.ReadAsync(new Dripping(file, atOnce), Stop);

        Assert.Equal(20, whole.Prices.Count);
        Assert.Equal(whole.Prices.OrderBy(price => price.Product), dripped.Prices.OrderBy(price => price.Product));
    }

    [Fact]
    public async Task Refuses_a_file_that_was_cut_off_anywhere()
    {
        var file = OfferFile.Bytes("AWSELB", Region, OfferFile.Listed("AWSELB", Region));

        for (var length = 0; length < file.Length - 2; length += 97)
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync("AWSELB", file[..length]));
    }

    [Theory]
    [InlineData("<html>no</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"offerCode":"AmazonEC2","products":{}}""")]
    [InlineData("""{"offerCode":7,"products":[{"sku":{}}],"terms":"none"}""")]
    public async Task Refuses_what_is_no_offer_file(string text) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync("AmazonEC2", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task Leaves_out_prices_that_are_none()
    {
        var (free, listed) = (OfferFile.Of("Load Balancer", "Hrs", 0, ("usagetype", "LoadBalancerUsage")), OfferFile.Of("Load Balancer-Network", "Hrs", 0.02m, ("usagetype", "LoadBalancerUsage")));

        var read = await ReadAsync("AWSELB", OfferFile.Bytes("AWSELB", Region, [free, listed]));

        Assert.Equal("nlb", Assert.Single(read.Prices).Product);
        Assert.Equal(1, read.WithoutPrice);
    }

    [Fact]
    public async Task Reads_a_file_of_any_size_in_the_memory_of_a_small_one()
    {
        var file = new Repeated(OfferFile.Listed("AmazonElastiCache", Region).ToList(), megabytes: 60);
        var reader = new OfferReader(ElastiCacheOffers.Map, Region);

        await reader.ReadAsync(file, Stop);

        Assert.True(reader.BytesRead > 60_000_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"{reader.BytesRead / 1e6:0} MB read in {file.Watch.Elapsed.TotalSeconds:0.0} s; live heap {string.Join(", ", file.Heap.Select(bytes => $"{bytes / 1e6:0.0}"))} MB on the way");
        Assert.True(file.Heap[^1] - file.Heap[1] < 20_000_000, $"{file.Heap[^1] - file.Heap[1]} bytes more at the end");
    }

    private static async Task<OfferReader> ReadAsync(string offer, byte[] file)
    {
        var reader = new OfferReader(PriceOffer.All.Single(known => known.Code == offer).Map, Region);
        await reader.ReadAsync(new MemoryStream(file), Stop);
        return reader;
    }

    private sealed class Dripping(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(atOnce, buffer.Length)], cancellationToken);
    }
}

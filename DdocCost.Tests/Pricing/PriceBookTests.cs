using DdocCost.Domain.Pricing;
using Xunit;

namespace DdocCost.Tests.Pricing;

public class PriceBookTests
{
    private readonly PriceBook book = PriceBook.Embedded;

    [Fact]
    public void Holds_every_price_that_was_gathered() => Assert.Equal(70_518, book.Count);

    [Theory]
    [InlineData("us-east-1", "m5.large")]
    [InlineData("ap-southeast-7", "c6i.large")]
    [InlineData("us-gov-west-1", "m5.large")]
    [InlineData("us-west-2-lax-1", "c5.2xlarge")]
    public void Knows_instances_in_every_kind_of_region(string region, string type)
    {
        var price = book.Find("ec2", type, region)!;

        Assert.Equal(region, price.Region);
        Assert.NotEqual("derived", price.Source);
    }

    [Fact]
    public void Trusts_a_price_derived_by_the_book_less_than_a_listed_one()
    {
        var derived = book.Find("ec2", "c7i.large", "af-south-1")!;

        Assert.Equal("derived", derived.Source);
        Assert.Equal(PriceConfidence.Medium, derived.Confidence);
    }

    [Fact]
    public void Moves_a_price_from_us_east_1_by_what_the_region_is_dearer()
    {
        // 0.23 USD, and GPU-less instances cost 1.1146 times as much in Ireland.
        var moved = book.Find("sagemaker", "ml.m5.xlarge", "eu-west-1")!;

        Assert.Equal(0.23m * 1.1146m, moved.Usd);
        Assert.Equal(PriceConfidence.Medium, moved.Confidence);
        Assert.Equal("us-east-1 price times 1.1146", moved.Note);
        Assert.Equal("sagemaker:ml.m5.xlarge:eu-west-1", moved.Sku);
    }

    [Fact]
    public void Moves_a_price_that_is_not_listed_in_us_east_1_from_where_it_is()
    {
        var moved = book.Find("elb", "gwlb", "us-east-1")!;

        Assert.Equal(Math.Round(0.014m / 1.1146m, 12), moved.Usd);
    }

    [Fact]
    public void Derives_a_size_in_proportion_to_its_family()
    {
        var large = book.Find("rds", "db.r7g.large postgres single-az", "us-east-1");
        var odd = book.Find("rds", "db.r7g.3xlarge postgres single-az", "us-east-1")!;

        Assert.NotNull(large);
        Assert.Equal(6 * large.Usd, odd.Usd);
        Assert.Equal(PriceConfidence.Medium, odd.Confidence);
        Assert.Equal("in proportion to r7g.large", odd.Note);
    }

    [Theory]
    [InlineData("ec2", "m19g.large", "m9g")]
    [InlineData("rds", "db.m8g.large postgres single-az", "m7g")]
    [InlineData("rds", "db.t2.micro mysql single-az", "t3")]
    [InlineData("elasticache", "cache.r8g.large redis", "r7g")]
    public void Derives_an_unknown_generation_from_the_nearest_known_with_low_confidence(string service, string product, string relative)
    {
        var price = book.Find(service, product, "us-east-1")!;

        Assert.Equal(PriceConfidence.Low, price.Confidence);
        Assert.StartsWith($"price of {relative}, ", price.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ec2", "quantum.large")]
    [InlineData("ec2", "m5.enormous")]
    [InlineData("ec2", "m999999999999999999999.large")]
    [InlineData("ec2", ".")]
    [InlineData("ec2", "")]
    [InlineData("nothing", "m5.large")]
    public void Knows_no_price_rather_than_a_price_of_zero(string service, string product) =>
        Assert.Null(book.Find(service, product, "us-east-1"));

    [Theory]
    [InlineData("ca-south-3r", 1.2)]
    [InlineData("", 1.0)]
    public void Prices_an_unknown_region_after_us_east_1_with_low_confidence(string region, double factor)
    {
        var price = book.Find("ec2", "m5.large", region)!;

        Assert.Equal(0.096m * (decimal)factor, price.Usd);
        Assert.Equal(PriceConfidence.Low, price.Confidence);
    }

    [Fact]
    public void Uses_unverified_prices_as_a_last_resort_only()
    {
        Assert.Equal(PriceConfidence.Low, book.Find("memorydb", "db.r6g.large redis-oss", "us-east-1")!.Confidence);
        // Listed and unverified: the listed one counts.
        Assert.Equal(25.251286m, book.Find("sagemaker", "ml.p4d.24xlarge", "us-east-1")!.Usd);
    }

    [Fact]
    public void Tells_hardware()
    {
        Assert.Equal(new InstanceType("p5.48xlarge", 192, 2048, 8), book.TypeOf("p5.48xlarge"));
        Assert.Equal(96, book.VCpusOf("m99i.24xlarge"));
    }
}

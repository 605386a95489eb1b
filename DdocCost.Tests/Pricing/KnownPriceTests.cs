using Xunit;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Tests.Pricing;

public class KnownPriceTests
{
    [Theory]
    [InlineData("ec2", "t3.micro", "us-east-1", 0.0104)]
    [InlineData("ec2", "m5.large", "us-east-1", 0.096)]
    [InlineData("ec2", "p5.48xlarge", "us-east-1", 55.04)]
    [InlineData("vpc", "nat-gateway", "us-east-1", 0.045)]
    [InlineData("vpc", "public-ipv4 in-use", "sa-east-1", 0.005)]
    [InlineData("eks", "cluster", "eu-west-1", 0.10)]
    [InlineData("elb", "alb", "us-east-1", 0.0225)]
    [InlineData("ebs", "gp3", "us-east-1", 0.08)]
    [InlineData("fargate", "vcpu linux/x86", "us-east-1", 0.04048)]
    [InlineData("fargate", "memory linux/x86", "us-east-1", 0.004445)]
    [InlineData("redshift", "ra3.xlplus", "us-east-1", 1.086)]
    [InlineData("elasticache", "cache.r6g.large redis", "us-east-1", 0.206)]
    [InlineData("rds", "db.r5.large postgres single-az", "us-east-1", 0.25)]
    [InlineData("sagemaker", "ml.m5.xlarge", "us-east-1", 0.23)]
    public void Lists_what_AWS_lists(string service, string product, string region, double usd)
    {
        var price = PriceBook.Embedded.Find(service, product, region);

        Assert.NotNull(price);
        Assert.Equal((decimal)usd, price.Usd);
        Assert.True(price.Confidence >= PriceConfidence.Medium);
        Assert.NotEqual("derived", price.Source);
    }
}

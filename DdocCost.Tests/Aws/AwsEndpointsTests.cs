using DdocCost.Jobs.Aws;

namespace DdocCost.Tests.Aws;

public sealed class AwsEndpointsTests
{
    public static TheoryData<string, AwsService, string, string> Addresses => new()
    {
        { "eu-west-1", AwsServices.Sqs, "https://sqs.eu-west-1.amazonaws.com/", "eu-west-1" },
        { "cn-north-1", AwsServices.Ec2, "https://ec2.cn-north-1.amazonaws.com.cn/", "cn-north-1" },
        { "us-gov-east-1", AwsServices.CloudTrail, "https://cloudtrail.us-gov-east-1.amazonaws.com/", "us-gov-east-1" },
        { "eu-west-1", AwsServices.Iam, "https://iam.amazonaws.com/", "us-east-1" },
        { "us-gov-east-1", AwsServices.Iam, "https://iam.us-gov.amazonaws.com/", "us-gov-west-1" },
        { "cn-northwest-1", AwsServices.Iam, "https://iam.cn-north-1.amazonaws.com.cn/", "cn-north-1" },
        { "eu-west-1", AwsServices.Organizations, "https://organizations.us-east-1.amazonaws.com/", "us-east-1" },
        { "eu-west-1", AwsServices.Pricing, "https://api.pricing.us-east-1.amazonaws.com/", "us-east-1" },
        { "eu-west-1", AwsServices.CostExplorer, "https://ce.us-east-1.amazonaws.com/", "us-east-1" },
        { "eu-west-1", AwsServices.SageMaker, "https://api.sagemaker.eu-west-1.amazonaws.com/", "eu-west-1" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_service_is_where_AWS_has_it(string region, AwsService service, string address, string signingRegion)
    {
        await using var host = new AwsHost();

        var endpoint = host.Endpoints.Of(service, region);

        Assert.Equal((address, signingRegion, false), (endpoint.Address.ToString(), endpoint.SigningRegion, endpoint.IsOverridden));
    }

    [Fact]
    public async Task Other_addresses_are_read_as_the_AWS_CLI_reads_them_and_our_own_settings_go_before()
    {
        await using var host = new AwsHost(
            ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), ("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:2/s3"), ("AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2", "http://127.0.0.1:3"),
            ("Aws:Endpoints:SQS", "http://127.0.0.1:4"));

        Assert.Equal(
            ["http://127.0.0.1:1/", "http://127.0.0.1:2/s3/", "http://127.0.0.1:3/", "http://127.0.0.1:4/"],
            ((AwsService[])[AwsServices.Ec2, AwsServices.S3, AwsServices.LoadBalancing, AwsServices.Sqs]).Select(service => host.Endpoints.Of(service, "eu-west-1").Address.ToString()));
    }

    [Fact]
    public async Task The_environments_addresses_can_be_switched_off()
    {
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"));

        Assert.False(host.Endpoints.Of(AwsServices.Ec2, "eu-west-1").IsOverridden);
    }
}

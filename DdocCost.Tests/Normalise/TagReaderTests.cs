namespace DdocCost.Tests.Normalise;

public sealed class TagReaderTests
{
    [Theory]
    [InlineData("""{"tagSpecificationSet":{"items":[{"resourceType":"instance","tags":[{"key":"team","value":"web"},{"key":"env","value":"prod"}]}]}}""")]
    [InlineData("""{"tagSpecificationSet":{"items":[{"resourceType":"instance","tags":{"items":[{"key":"team","value":"web"},{"key":"env","value":"prod"}]}}]}}""")]
    [InlineData("""{"tags":[{"key":"team","value":"web"},{"key":"env","value":"prod"}]}""")]
    [InlineData("""{"Tags":[{"Key":"team","Value":"web"},{"Key":"env","Value":"prod"}]}""")]
    [InlineData("""{"tags":{"items":[{"key":"team","value":"web"},{"key":"env","value":"prod"}]}}""")]
    [InlineData("""{"tagList":[{"tagKey":"team","tagValue":"web"},{"tagKey":"env","tagValue":"prod"}]}""")]
    [InlineData("""{"tags":{"team":"web","env":"prod"}}""")]
    public void Reads_the_tags_that_a_call_gives_in_any_form(string request) => Assert.Equal(
        new Dictionary<string, string> { ["team"] = "web", ["env"] = "prod" }, Records.Understand("ec2", "CreateNatGateway", request).Tags);

    [Fact]
    public void Reads_the_tags_of_launched_instances() => Assert.Equal(
        "web", Records.Understand("ec2", "RunInstances", "{}", """{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"m5.large","tagSet":{"items":[{"key":"team","value":"web"}]}}]}}""").Tags!["team"]);

    [Theory]
    [InlineData("null")]
    [InlineData("""{"tags":[]}""")]
    [InlineData("""{"tags":null}""")]
    [InlineData("""{"tags":"****"}""")]
    [InlineData("""{"tags":[7,null,{"key":null},{"value":"x"},[[]]]}""")]
    public void Reads_no_tags_where_there_are_none(string request) =>
        Assert.DoesNotContain("team", Records.Understand("ec2", "CreateNatGateway", request).Tags?.Keys ?? []);

    [Fact]
    public void Takes_no_more_than_AWS_allows()
    {
        var tags = string.Join(',', Enumerable.Range(0, 500).Select(i => $$"""{"key":"k{{i}}","value":"{{new string('v', 5_000)}}"}"""));

        var read = Records.Understand("ec2", "CreateNatGateway", $$"""{"tags":[{{tags}}]}""").Tags!;

        Assert.Equal(50, read.Count);
        Assert.All(read.Values, value => Assert.Equal(256, value.Length));
    }
}

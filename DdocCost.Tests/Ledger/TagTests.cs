using DdocCost.Tests.Normalise;

namespace DdocCost.Tests.Ledger;

/// <summary>What is tagged while it runs has these tags in the ledger.</summary>
public sealed class TagTests
{
    private readonly Domain.Ledger.ResourceLedger ledger = new(Records.Account, [], [], []);

    [Theory]
    [InlineData("ec2", "CreateTags", """{"resourcesSet":{"items":[{"resourceId":"i-1"},{"resourceId":"vol-9"}]},"tagSet":{"items":[{"key":"team","value":"web"}]}}""")]
    [InlineData("tagging", "TagResources", """{"resourceARNList":["arn:aws:ec2:eu-west-1:111122223333:instance/i-1"],"tags":{"team":"web"}}""")]
    [InlineData("rds", "AddTagsToResource", """{"resourceName":"arn:aws:rds:eu-west-1:111122223333:db:orders","tags":[{"key":"team","value":"web"}]}""")]
    [InlineData("ecs", "TagResource", """{"resourceArn":"arn:aws:ecs:eu-west-1:111122223333:service/prod/api","tags":[{"key":"team","value":"web"}]}""")]
    public void Gives_a_running_resource_its_tags(string service, string name, string request)
    {
        Start();
        var tagged = ledger.Apply(Records.Understand(service, name, request, """{"_return":true}"""));

        Assert.Equal((0m, true), (tagged.UsdPerHour, tagged.IsPriced));
        Assert.Equal("web", Assert.Single(ledger.Running.Values, resource => resource.Tags?.ContainsKey("team") == true).Tags!["team"]);
    }

    [Fact]
    public void Replaces_adds_and_removes_tags_and_leaves_the_rest()
    {
        Start();
        Tag("CreateTags", """[{"key":"team","value":"web"},{"key":"env","value":"dev"}]""");
        Tag("CreateTags", """[{"key":"env","value":"prod"}]""");
        Assert.Equal([("env", "prod"), ("team", "web")], Tags()!.Select(tag => (tag.Key, tag.Value)).Order());

        Tag("DeleteTags", """[{"key":"team"}]""");
        Assert.Equal(["env"], Tags()!.Keys);
        Tag("DeleteTags", """[{"key":"env"}]""");
        Assert.Null(Tags());
    }

    [Theory]
    [InlineData("rds", "RemoveTagsFromResource", """{"resourceName":"arn:aws:rds:eu-west-1:111122223333:db:orders","tagKeys":["team"]}""", "orders")]
    [InlineData("ecs", "UntagResource", """{"resourceArn":"arn:aws:ecs:eu-west-1:111122223333:service/prod/api","tagKeys":["team"]}""", "prod/api")]
    public void Takes_tags_away_by_their_keys(string service, string name, string request, string id)
    {
        Start();
        foreach (var call in (string[])["""{"resourceName":"arn:aws:rds:eu-west-1:111122223333:db:orders","tags":[{"key":"team","value":"web"}]}"""])
            ledger.Apply(Records.Understand("rds", "AddTagsToResource", call));
        ledger.Apply(Records.Understand("ecs", "TagResource", """{"resourceArn":"arn:aws:ecs:eu-west-1:111122223333:service/prod/api","tags":[{"key":"team","value":"web"}]}"""));

        ledger.Apply(Records.Understand(service, name, request));

        Assert.Null(Assert.Single(ledger.Running.Values, resource => resource.ResourceId == id).Tags);
        Assert.Single(ledger.Running.Values, resource => resource.Tags is not null);
    }

    [Fact]
    public void Changes_nothing_where_the_call_was_refused_or_the_resource_is_not_known()
    {
        Start();
        ledger.Apply(Records.Understand("ec2", "CreateTags", """{"resourcesSet":{"items":[{"resourceId":"i-1"}]},"tagSet":{"items":[{"key":"team","value":"web"}]}}""", error: "Client.UnauthorizedOperation"));
        var unknown = ledger.Apply(Records.Understand("ec2", "CreateTags", """{"resourcesSet":{"items":[{"resourceId":"i-7"}]},"tagSet":{"items":[{"key":"team","value":"web"}]}}"""));

        Assert.All(ledger.Running.Values, resource => Assert.Null(resource.Tags));
        Assert.Contains("is not known to run", unknown.Cost.Note, StringComparison.Ordinal);
    }

    private void Start()
    {
        ledger.Apply(Records.Understand("ec2", "RunInstances", "{}", """{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"m5.large"}]}}"""));
        ledger.Apply(Records.Understand("rds", "CreateDBInstance", "{}", """{"dBInstanceIdentifier":"orders","dBInstanceClass":"db.r5.large","engine":"postgres"}"""));
        ledger.Apply(Records.Understand("ecs", "CreateService", "{}", """{"service":{"serviceArn":"arn:aws:ecs:eu-west-1:111122223333:service/prod/api","clusterArn":"arn:aws:ecs:eu-west-1:111122223333:cluster/prod","desiredCount":1,"launchType":"EC2"}}"""));
    }

    private void Tag(string name, string tags) =>
        ledger.Apply(Records.Understand("ec2", name, $$$"""{"resourcesSet":{"items":[{"resourceId":"i-1"}]},"tagSet":{"items":{{{tags}}}}}"""));

    private IReadOnlyDictionary<string, string>? Tags() => Assert.Single(ledger.Running.Values, resource => resource.ResourceId == "i-1").Tags;
}

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

    [Theory]
    [InlineData("autoscaling", """{"autoScalingGroupName":"web","desiredCapacity":2}""", "CreateAutoScalingGroup", "CreateOrUpdateTags", """{"tags":[{"resourceId":"web","resourceType":"auto-scaling-group","key":"team","value":"web","propagateAtLaunch":true}]}""", "DeleteTags", """{"tags":[{"resourceId":"web","key":"team"}]}""")]
    [InlineData("kinesis", """{"streamName":"clicks","shardCount":2}""", "CreateStream", "AddTagsToStream", """{"streamName":"clicks","tags":{"team":"web"}}""", "RemoveTagsFromStream", """{"streamARN":"arn:aws:kinesis:eu-west-1:111122223333:stream/clicks","tagKeys":["team"]}""")]
    [InlineData("kinesis", """{"streamName":"clicks","shardCount":2}""", "CreateStream", "TagResource", """{"resourceARN":"arn:aws:kinesis:eu-west-1:111122223333:stream/clicks","tags":{"team":"web"}}""", "UntagResource", """{"resourceARN":"arn:aws:kinesis:eu-west-1:111122223333:stream/clicks","tagKeys":["team"]}""")]
    [InlineData("elasticloadbalancing", """{"loadBalancerName":"front"}""", "CreateLoadBalancer", "AddTags", """{"loadBalancerNames":["front"],"tags":[{"key":"team","value":"web"}]}""", "RemoveTags", """{"loadBalancerNames":["front"],"tags":[{"key":"team"}]}""")]
    [InlineData("amazonmq", """{"brokerName":"orders","hostInstanceType":"mq.m5.large","engineType":"RABBITMQ"}""", "CreateBroker", "CreateTags", """{"resource-arn":"arn%3Aaws%3Amq%3Aeu-west-1%3A111122223333%3Abroker%3Aorders%3Ab-1","tags":{"team":"web"}}""", "DeleteTags", """{"resource-arn":"arn%3Aaws%3Amq%3Aeu-west-1%3A111122223333%3Abroker%3Aorders%3Ab-1","tagKeys":["team"]}""")]
    [InlineData("workspaces", """{"workspaces":[{"workspaceProperties":{"computeTypeName":"STANDARD"}}]}""", "CreateWorkspaces", "CreateTags", """{"resourceId":"ws-1","tags":[{"key":"team","value":"web"}]}""", "DeleteTags", """{"resourceId":"ws-1","tagKeys":["team"]}""")]
    [InlineData("cassandra", """{"keyspaceName":"shop","tableName":"orders","capacitySpecification":{"throughputMode":"PROVISIONED","readCapacityUnits":5,"writeCapacityUnits":5}}""", "CreateTable", "TagResource", """{"resourceArn":"arn:aws:cassandra:eu-west-1:111122223333:/keyspace/shop/table/orders","tags":[{"key":"team","value":"web"}]}""", "UntagResource", """{"resourceArn":"arn:aws:cassandra:eu-west-1:111122223333:/keyspace/shop/table/orders","tags":[{"key":"team","value":"web"}]}""")]
    public void Knows_the_calls_of_each_service_that_tag_and_untag(string service, string made, string makes, string tags, string tagged, string untags, string untagged)
    {
        ledger.Apply(Records.Understand(service, makes, made, """{"brokerId":"b-1","pendingRequests":[{"workspaceId":"ws-1"}],"loadBalancers":[{"loadBalancerName":"front","type":"classic"}]}"""));

        ledger.Apply(Records.Understand(service, tags, tagged));
        Assert.Equal("web", Assert.Single(ledger.Running.Values).Tags?["team"]);

        ledger.Apply(Records.Understand(service, untags, untagged));
        Assert.Null(Assert.Single(ledger.Running.Values).Tags);
    }

    [Fact]
    public void Gives_each_group_of_one_call_its_own_tags()
    {
        foreach (var name in (string[])["web", "jobs"])
            ledger.Apply(Records.Understand("autoscaling", "CreateAutoScalingGroup", $$"""{"autoScalingGroupName":"{{name}}","desiredCapacity":1}"""));

        ledger.Apply(Records.Understand("autoscaling", "CreateOrUpdateTags", """{"tags":[{"resourceId":"web","key":"team","value":"front"},{"resourceId":"jobs","key":"team","value":"back"}]}"""));

        Assert.Equal([("jobs", "back"), ("web", "front")], ledger.Running.Values.Select(group => (group.ResourceId, group.Tags!["team"])).Order());
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

using System.Text;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Normalise.Services;
using Xunit;
using static DdocCost.Tests.Normalise.Records;

namespace DdocCost.Tests.Normalise;

public sealed class EventCatalogueTests
{
    private const string Launch = """{"instancesSet":{"items":[{"instanceId":"i-0a1","instanceType":"m5.large"}]}}""";

    [Theory]
    [InlineData("ec2.amazonaws.com", "RunInstances", true)]
    [InlineData("ec2.amazonaws.com.cn", "RunInstances", true)]
    [InlineData("ec2", "RunInstances", true)]
    [InlineData("ec2.amazonaws.com", "DescribeInstances", false)]
    [InlineData("ec2.amazonaws.com", "RunInstance", false)]
    [InlineData("ec2.amazonaws.com", "runinstances", false)]
    [InlineData("rds.amazonaws.com", "RunInstances", false)]
    [InlineData("", "RunInstances", false)]
    [InlineData("ec2.amazonaws.com", "", false)]
    [InlineData(".amazonaws.com", "RunInstances", false)]
    public void Drops_what_cannot_cost_money(string source, string name, bool expected) =>
        Assert.Equal(expected, EventCatalogue.Default.MayCost(Encoding.UTF8.GetBytes(source), Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void Lets_every_operation_of_every_service_through() =>
        Assert.All(
            ServiceRegistry.All.SelectMany(service => service.Operations.Select(operation => (service.Name, operation.Name))),
            known => Assert.True(EventCatalogue.Default.MayCost(Encoding.UTF8.GetBytes(known.Item1 + ".amazonaws.com"), Encoding.UTF8.GetBytes(known.Item2))));

    [Fact]
    public void Drops_without_allocating()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            EventCatalogue.Default.MayCost("ec2.amazonaws.com"u8, "DescribeInstances"u8);
            EventCatalogue.Default.MayCost("ec2.amazonaws.com"u8, "RunInstances"u8);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Refuses_the_same_operation_twice()
    {
        var operation = Verbs.Stops("StopIt", "x:y", "id");
        Assert.Throws<ArgumentException>(() => new EventCatalogue([new Service("x", operation), new Service("x", operation)], TimeProvider.System));
    }

    [Fact]
    public void Takes_over_the_circumstances_of_a_record()
    {
        var e = Understand(Json("ec2", "RunInstances", response: Launch));
        Assert.Equal("ec2", e.Service);
        Assert.Equal("RunInstances", e.EventName);
        Assert.Equal("eu-west-1", e.Region);
        Assert.Equal(Account, e.AccountId);
        Assert.Equal("198.51.100.7", e.SourceIp);
        Assert.Equal("aws-cli/2.17.0", e.UserAgent);
        Assert.Equal("6a1f7d0e-0000-4000-8000-000000000001", e.EventId);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), e.Time);
        Assert.Equal(new RecordLocation("test", 0), e.Location);
        Assert.Null(e.Note);
    }

    [Fact]
    public void Keeps_nothing_of_the_records_memory()
    {
        var json = Encoding.UTF8.GetBytes(Json("ec2", "RunInstances", response: Launch));
        var e = Assert.IsType<NormaliseResult.Understood>(Read(json)).Event;
        Array.Clear(json);
        Assert.Equal("i-0a1", Assert.Single(Assert.Single(e.Changes).ResourceIds));
        Assert.Equal("user/alice", e.Actor.Id);
    }

    [Theory]
    [InlineData("Client.UnauthorizedOperation")]
    [InlineData("Client.DryRunOperation")]
    [InlineData("Client.InstanceLimitExceeded")]
    public void Keeps_a_refused_call_as_what_it_would_have_started(string error)
    {
        const string asked = """{"instanceType":"p4d.24xlarge","instancesSet":{"items":[{"minCount":1,"maxCount":4}]}}""";
        var e = Understand("ec2", "RunInstances", asked, error: error);
        Assert.Equal(ResourceAction.None, e.Action);
        Assert.Equal(error, e.ErrorCode);
        var change = Assert.Single(e.Changes);
        Assert.Equal((ResourceAction.None, "ec2:instance", "p4d.24xlarge", 4m), (change.Action, change.ResourceType, change.Size, change.Quantity));
    }

    [Fact]
    public void Keeps_a_refused_call_that_tells_nothing()
    {
        var e = Understand("rds", "CreateDBInstance", error: "AccessDenied");
        Assert.Equal(ResourceAction.None, e.Action);
        Assert.Equal("rds:db", Assert.Single(e.Changes).ResourceType);
    }

    [Fact]
    public void Counts_a_call_with_only_an_error_message_as_refused()
    {
        var json = Json("ec2", "StopInstances", """{"instancesSet":{"items":[{"instanceId":"i-0a1"}]}}""")
            .Replace("\"readOnly\"", "\"errorMessage\":\"no\",\"readOnly\"", StringComparison.Ordinal);
        Assert.Equal(ResourceAction.None, Understand(json).Action);
    }

    [Fact]
    public void Reads_a_start_without_response_from_the_request_and_says_so()
    {
        var e = Understand("kinesis", "CreateStream", """{"streamName":"clicks","shardCount":3}""");
        Assert.Equal(3, Assert.Single(e.Changes).Quantity);
        Assert.Equal("the record has no response: read from the request", e.Note);
    }

    [Fact]
    public void Tells_at_least_that_something_started()
    {
        var change = Change("ec2", "RunInstances", "\"hidden\"", "\"hidden\"");
        Assert.Equal((ResourceAction.Start, 1m), (change.Action, change.Quantity));
        Assert.NotNull(change.Note);
    }

    [Theory]
    [InlineData("ec2", "ModifyInstanceAttribute", """{"instanceId":"i-0a1","disableApiTermination":{"value":true}}""")]
    [InlineData("rds", "ModifyDBInstance", """{"dBInstanceIdentifier":"main","deletionProtection":true}""")]
    [InlineData("eks", "UpdateNodegroupConfig", """{"name":"main","nodegroupName":"default","labels":{"addOrUpdateLabels":{"a":"b"}}}""")]
    [InlineData("ecs", "UpdateService", """{"service":"api","forceNewDeployment":true}""")]
    [InlineData("elasticache", "ModifyReplicationGroup", """{"replicationGroupId":"sessions","autoMinorVersionUpgrade":true}""")]
    [InlineData("dynamodb", "UpdateTable", """{"tableName":"Orders","deletionProtectionEnabled":true}""")]
    [InlineData("ec2", "CreateVpcEndpoint", """{"vpcId":"vpc-1","serviceName":"com.amazonaws.eu-west-1.s3","vpcEndpointType":"Gateway"}""")]
    public void Is_free_where_the_rate_stays(string service, string name, string request) =>
        Assert.IsType<NormaliseResult.Free>(Read(Json(service, name, request)));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"-\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2026-13-40T10:00:00Z\"")]
    [InlineData("\"0001-01-01T00:00:00Z\"")]
    [InlineData("\"9999-12-31T23:59:59Z\"")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Rejects_a_record_without_a_usable_time(string time)
    {
        var json = Json("ec2", "RunInstances", response: Launch).Replace("\"2026-03-02T10:00:00Z\"", time, StringComparison.Ordinal);
        Assert.Contains("eventTime", Assert.IsType<NormaliseResult.Malformed>(Read(json)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"2026-03-02T10:00:00Z\"")]
    [InlineData("\"2026-03-02T10:00:00.000Z\"")]
    [InlineData("\"2026-03-02T10:00:00.000+0000\"")]
    [InlineData("\"2026-03-02T12:00:00+02:00\"")]
    [InlineData("\"2026-03-02T10:00:00\"")]
    [InlineData("\"2026-03-02 10:00:00\"")]
    [InlineData("\"2026-03-02 10:00:00.000000000\"")]
    [InlineData("\"2026-03-02 21:00:00+11:00\"")]
    [InlineData("\"20260302T100000Z\"")]
    [InlineData("\"Mar 2, 2026, 10:00:00 AM\"")]
    [InlineData("1772445600")]
    [InlineData("1772445600.0")]
    [InlineData("1772445600000")]
    [InlineData("\"1772445600\"")]
    public void Reads_a_time_in_any_form_it_is_found_in(string time)
    {
        var json = Json("ec2", "RunInstances", response: Launch).Replace("\"2026-03-02T10:00:00Z\"", time, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), Understand(json).Time);
    }

    [Fact]
    public void Takes_a_time_in_the_future_with_a_remark() =>
        Assert.Equal("its time lies in the future", Understand(Json("ec2", "RunInstances", response: Launch, time: "2080-01-01T00:00:00Z")).Note);

    [Fact]
    public void Reads_a_record_of_version_1_0()
    {
        var e = Understand(
            """
            {"eventVersion":"1.0","userIdentity":{"type":"IAMUser","principalId":"EX_PRINCIPAL_ID","arn":"arn:aws:iam::111122223333:user/alice",
             "accountId":"111122223333","userName":"alice"},"eventTime":"2014-03-06T21:22:54Z","eventSource":"ec2.amazonaws.com","eventName":"StartInstances",
             "awsRegion":"us-west-2","requestParameters":{"instancesSet":{"items":[{"instanceId":"i-1a2b3c4d"}]}},"responseElements":null}
            """);
        Assert.Equal("6a1f7d0e-0000-4000-8000-000000000001", e.EventId);
        Assert.Equal("i-1a2b3c4d", Assert.Single(Assert.Single(e.Changes).ResourceIds));
        Assert.Null(e.UserAgent);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"eventTime\":")]
    [InlineData("")]
    public void Rejects_what_is_not_a_record(string json) =>
        Assert.IsType<NormaliseResult.Malformed>(Read(Encoding.UTF8.GetBytes(json), "ec2.amazonaws.com", "RunInstances"));

    [Fact]
    public void Cuts_a_user_agent_of_any_length_to_256_characters() =>
        Assert.Equal(256, Understand(Json("ec2", "RunInstances", response: Launch, agent: new string('x', 5000))).UserAgent!.Length);
}

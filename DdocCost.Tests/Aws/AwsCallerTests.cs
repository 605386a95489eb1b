using System.Diagnostics;
using System.Net;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Aws;

/// <summary>Calls over HTTP against a server that checks signatures by its own computation.</summary>
public sealed class AwsCallerTests
{
    private static readonly AwsOperation ListQueues = AwsServices.Sqs.Operation("ListQueues") with { Paging = AwsPaging.NextToken };
    private static readonly AwsOperation DescribeDatabases = AwsServices.Rds.Operation("DescribeDBInstances") with { Paging = AwsPaging.Marker };
    private static readonly AwsOperation ListFunctions = AwsServices.Lambda.Operation("ListFunctions") with { Paging = new("Marker", "NextMarker") };
    private static readonly AwsOperation Impatient = ListQueues with { Patience = TimeSpan.FromMilliseconds(50) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signs_JSON_forms_and_paths_so_that_the_service_accepts_them()
    {
        await using var aws = await AwsStandIn.StartAsync();
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", aws.Url));
        aws.Answers["sqs:ListQueues"] = _ => StandInAnswer.Json(new { QueueUrls = (string[]?)null });
        aws.Answers["rds:DescribeDBInstances"] = call => StandInAnswer.Xml(
            $"""<R xmlns="urn:x"><DescribeDBInstancesResult><DBInstances><DBInstance><Name>{WebUtility.HtmlEncode(call.Form["Filters.Filter.1.Name"])}</Name></DBInstance></DBInstances></DescribeDBInstancesResult></R>""");
        aws.Answers["lambda:/2015-03-31/functions/a b+c:d"] = _ => StandInAnswer.Json(new { Functions = new[] { new { Name = "f" } } });
        var client = host.Clients.For("t", AwsHost.Account(), "eu-west-1");

        var queues = await client.JsonAsync(ListQueues, new { MaxResults = 10 }, Stop);
        var databases = await client.QueryAsync(DescribeDatabases, [new("Filters.Filter.1.Name", "ä &=+~ü")], Stop);
        var functions = await client.RestJsonAsync(ListFunctions, "/2015-03-31/functions/a%20b%2Bc%3Ad?MaxItems=50&Function=a%2Fb", null, Stop);

        Assert.Empty(queues.Items("QueueUrls"));
        Assert.Equal("ä &=+~ü", Assert.Single(databases.Items("DBInstances")).Text("Name"));
        Assert.Equal("f", Assert.Single(functions.Items("Functions")).Text("Name"));
        Assert.All(aws.Calls, call => Assert.Equal("eu-west-1", call.Region));
    }

    [Fact]
    public async Task Tries_again_after_what_passes()
    {
        await using var aws = await AwsStandIn.StartAsync();
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", aws.Url), ("Aws:Attempts", "7"));
        aws.Answers["sqs:ListQueues"] = _ => StandInAnswer.Json(new { });
        foreach (var fault in (StandInAnswer[])
            [
                StandInAnswer.Html(500), StandInAnswer.Broken, StandInAnswer.Error(503, "ServiceUnavailable", "busy"), StandInAnswer.Error(400, "ThrottlingException", "Rate exceeded"),
                StandInAnswer.Html(200), StandInAnswer.Error(429, "TooManyRequestsException", "slower") with { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } },
            ])
        {
            aws.Faults.Enqueue(_ => fault);
        }

        var took = Stopwatch.StartNew();
        await host.Clients.For("t", AwsHost.Account(), "eu-west-1").JsonAsync(ListQueues, new { }, Stop);

        Assert.Equal(7, aws.Calls.Count);
        Assert.True(took.Elapsed >= TimeSpan.FromSeconds(1), "waits as long as the service asks");
    }

    [Fact]
    public async Task Does_not_try_again_what_cannot_work_and_tells_what_AWS_said()
    {
        await using var aws = await AwsStandIn.StartAsync();
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", aws.Url));
        aws.Answers["sqs:ListQueues"] = _ => StandInAnswer.Error(400, "AccessDeniedException", "User is not authorized to perform: sqs:ListQueues");
        aws.Answers["rds:DescribeDBInstances"] = _ => new(404, "<ErrorResponse xmlns='urn:x'><Error><Code>DBInstanceNotFound</Code><Message>gone</Message></Error></ErrorResponse>", "text/xml");
        var client = host.Clients.For("t", AwsHost.Account(), "eu-west-1");

        var denied = await Assert.ThrowsAsync<AwsException>(() => client.JsonAsync(ListQueues, new { }, Stop));
        var missing = await Assert.ThrowsAsync<AwsException>(() => client.QueryAsync(DescribeDatabases, [], Stop));

        Assert.Equal(2, aws.Calls.Count);
        Assert.True(denied is { IsDenied: true, Code: "AccessDeniedException", Status: HttpStatusCode.BadRequest });
        Assert.Contains("sqs:ListQueues", denied.Message, StringComparison.Ordinal);
        Assert.True(missing is { IsNotFound: true, Code: "DBInstanceNotFound", Reason: "gone" });
    }

    [Fact]
    public async Task Says_that_nobody_answers()
    {
        await using var aws = await AwsStandIn.StartAsync();
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", aws.Url), ("AWS_ENDPOINT_URL_RDS", $"http://127.0.0.1:{ServerProcess.FreePort()}"), ("Aws:Attempts", "2"));
        using var hanging = new ManualResetEventSlim();
        aws.Answers["sqs:ListQueues"] = _ =>
        {
            hanging.Wait(Stop);
            return StandInAnswer.Json(new { });
        };
        var client = host.Clients.For("t", AwsHost.Account(), "eu-west-1");

        var silent = await Assert.ThrowsAsync<AwsException>(() => client.JsonAsync(Impatient, new { }, Stop));
        var absent = await Assert.ThrowsAsync<AwsException>(() => client.QueryAsync(DescribeDatabases, [], Stop));
        hanging.Set();

        Assert.All([silent, absent], error => Assert.True(error is { Code: AwsException.Unreachable, Status: null, IsTransient: true }));
    }

    [Fact]
    public async Task Signs_with_the_services_time_when_ours_is_an_hour_off()
    {
        await using var aws = await AwsStandIn.StartAsync();
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", aws.Url));
        aws.ClockAhead = TimeSpan.FromHours(1);
        aws.Answers["sqs:ListQueues"] = _ => StandInAnswer.Json(new { });
        var client = host.Clients.For("t", AwsHost.Account(), "eu-west-1");

        await client.JsonAsync(ListQueues, new { }, Stop);
        await client.JsonAsync(ListQueues, new { }, Stop);

        Assert.Equal(3, aws.Calls.Count); // only the first was refused
    }

    [Fact]
    public async Task Follows_pages_to_the_last()
    {
        await using var aws = await AwsStandIn.StartAsync();
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", aws.Url));
        aws.Answers["sqs:ListQueues"] = call => call.Json.Text("NextToken") is null ? StandInAnswer.Json(new { NextToken = "a+/=" }) : StandInAnswer.Json(new { NextToken = "" });
        aws.Answers["rds:DescribeDBInstances"] = call => StandInAnswer.Xml(call.Form.ContainsKey("Marker") ? "<R/>" : "<R><DescribeDBInstancesResult><Marker>m&amp;m</Marker></DescribeDBInstancesResult></R>");
        aws.Answers["lambda:/f"] = _ => StandInAnswer.Json(aws.CallsOf("lambda:/f").Count == 1 ? new { NextMarker = "x&y=z" } : new { });
        var client = host.Clients.For("t", AwsHost.Account(), "eu-west-1");

        Assert.Equal(2, await client.JsonPagesAsync(ListQueues, new Dictionary<string, object>(), Stop).CountAsync(Stop));
        Assert.Equal(2, await client.QueryPagesAsync(DescribeDatabases, new Dictionary<string, string>(), Stop).CountAsync(Stop));
        Assert.Equal(2, await client.RestJsonPagesAsync(ListFunctions, "/f?MaxItems=50", Stop).CountAsync(Stop));

        Assert.Equal("a+/=", aws.CallsOf("sqs:ListQueues")[1].Json.Text("NextToken"));
        Assert.Equal("m&m", aws.CallsOf("rds:DescribeDBInstances")[1].Form["Marker"]);
    }

    [Fact]
    public async Task Assumes_roles_one_after_the_other_and_says_who_it_is()
    {
        await using var aws = await AwsStandIn.StartAsync();
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", aws.Url), ("Aws:SessionName", "cost-guard"), ("Aws:SessionTags:team", "finops"));
        aws.Answers["sqs:ListQueues"] = _ => StandInAnswer.Json(new { });
        var account = AwsHost.Account(null, new RoleStep("arn:aws:iam::999988887777:role/hub"), new RoleStep("arn:aws:iam::111122223333:role/spoke", "ext-1"));

        await host.Clients.For("t", account, "eu-west-1").JsonAsync(ListQueues, new { }, Stop);
        await host.Clients.For("t", account, "eu-west-1").JsonAsync(ListQueues, new { }, Stop);

        var (hub, spoke) = (aws.CallsOf("sts:AssumeRole")[0], aws.CallsOf("sts:AssumeRole")[1]);
        Assert.Equal(2, aws.CallsOf("sts:AssumeRole").Count);
        Assert.Equal(("AKIASTANDIN000000001", "arn:aws:iam::999988887777:role/hub"), (hub.KeyId, hub.Form["RoleArn"]));
        Assert.False(hub.Form.ContainsKey("ExternalId"));
        Assert.Equal(("ASIASTANDIN000000001", "ext-1", "cost-guard", "3600"), (spoke.KeyId, spoke.Form["ExternalId"], spoke.Form["RoleSessionName"], spoke.Form["DurationSeconds"]));
        Assert.Equal(("team", "finops"), (spoke.Form["Tags.member.1.Key"], spoke.Form["Tags.member.1.Value"]));
        Assert.All(aws.CallsOf("sqs:ListQueues"), call => Assert.Equal("ASIASTANDIN000000002", call.KeyId));
    }

    [Fact]
    public async Task Begins_a_new_session_before_one_ends_and_when_AWS_says_it_has()
    {
        await using var aws = await AwsStandIn.StartAsync();
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", aws.Url));
        aws.Answers["sqs:ListQueues"] = _ => StandInAnswer.Json(new { });
        var client = host.Clients.For("t", AwsHost.Account(null, new RoleStep("arn:aws:iam::111122223333:role/r")), "eu-west-1");

        await client.JsonAsync(ListQueues, new { }, Stop);
        aws.Sessions.Clear(); // revoked
        await client.JsonAsync(ListQueues, new { }, Stop);
        Assert.Equal(2, aws.CallsOf("sts:AssumeRole").Count);

        aws.Sessions.Clear();
        aws.SessionLength = TimeSpan.FromSeconds(2);
        await client.JsonAsync(ListQueues, new { }, Stop);
        await Eventually.TrueAsync(async () =>
        {
            await client.JsonAsync(ListQueues, new { }, Stop);
            return aws.CallsOf("sts:AssumeRole").Count == 4;
        }, "a new session");
    }

    [Fact]
    public async Task A_new_access_key_takes_over_when_AWS_knows_it_and_the_old_one_serves_until_then()
    {
        await using var aws = await AwsStandIn.StartAsync();
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", aws.Url));
        aws.Answers["sqs:ListQueues"] = _ => StandInAnswer.Json(new { });
        string[] both = ["AKIASTANDIN000000002", "AKIASTANDIN000000001"];
        await host.Clients.For("t", AwsHost.Account(both), "eu-west-1").JsonAsync(ListQueues, new { }, Stop);
        Assert.Equal(both, aws.Calls.Select(call => call.KeyId));

        aws.Keys["AKIASTANDIN000000002"] = "stand-in-secret";
        aws.Keys.TryRemove("AKIASTANDIN000000001", out _);
        var client = host.Clients.For("t", AwsHost.Account(both), "eu-west-1");
        await Assert.ThrowsAsync<AwsException>(() => client.JsonAsync(ListQueues, new { }, Stop)); // the last is refused too, once
        await client.JsonAsync(ListQueues, new { }, Stop);

        Assert.Equal("AKIASTANDIN000000002", aws.Calls[^1].KeyId);
    }
}

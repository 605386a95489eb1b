using System.Collections.Concurrent;
using DdocCost.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Aws;

/// <summary>The role of the machine that the application runs on, from its metadata over HTTP, by a process that has nothing else.</summary>
public sealed class MachineRoleTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signs_with_the_instances_role_that_a_session_of_version_2_tells()
    {
        await using var aws = await AwsStandIn.StartAsync();
        (aws.Keys["ASIAMACHINE000000001"], aws.Sessions["token of the machine"]) = ("secret of the machine", DateTimeOffset.UtcNow.AddHours(1));
        aws.Otherwise = call => call.Service == "s3" ? StandInAnswer.Xml("") : null;
        var refused = new ConcurrentQueue<string>();
        await using var machine = await StartAsync(refused);
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["trail"]);
        await File.WriteAllBytesAsync(folder["trail/a.json"], Log(RunInstance(1)), Stop);
        var database = await postgres.NewDatabaseAsync();

        using var import = AppProcess.Start(
            "DdocCost.App",
            new Dictionary<string, string>
            {
                ["ConnectionStrings:Postgres"] = database, ["ConnectionStrings:Redis"] = await redis.AddressAsync(), ["Data:Folder"] = folder["data"], ["Jobs:MigrateAtStart"] = "false",
                ["Archive:S3:Bucket"] = "raw", ["Archive:S3:Region"] = "eu-west-1", ["Archive:S3:Endpoint"] = aws.Url, // and no keys
                ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = machine.Urls.First(), ["HOME"] = folder["home"],
            },
            "import", folder["trail"], "--tenant", "acme");

        Assert.True(await import.ExitAsync(Stop) == 0, import.Output);
        Assert.Empty(refused);
        Assert.Equal(
            [("PUT", "ASIAMACHINE000000001", "token of the machine")], aws.Calls.Where(call => call.Service == "s3").Select(call => (call.Method, call.KeyId, call.SessionToken)).Distinct());
        await using var stored = new Pipeline(database, folder["unused"]);
        Assert.Equal([KeyOf(1)], (await stored.CostEventsAsync("acme")).Select(e => e.Id));
    }

    /// <summary>What answers at 169.254.169.254: nothing without a session. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html</summary>
    private static async Task<WebApplication> StartAsync(ConcurrentQueue<string> refused)
    {
        const string Roles = "/latest/meta-data/iam/security-credentials";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPut("/latest/api/token", (HttpRequest request) =>
            int.TryParse(request.Headers["X-aws-ec2-metadata-token-ttl-seconds"], out var seconds) && seconds is > 0 and <= 21600 ? Results.Text("session") : Results.BadRequest());
        app.MapGet("/latest/{**path}", (HttpRequest request) =>
        {
            if (request.Headers["X-aws-ec2-metadata-token"] != "session")
            {
                refused.Enqueue(request.Path);
                return Results.Unauthorized();
            }

            return request.Path.Value!.TrimEnd('/') switch
            {
                Roles => Results.Text("ddoc-cost"),
                Roles + "/ddoc-cost" => Results.Text(
                    $$"""
                    {"Code":"Success","LastUpdated":"{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}","Type":"AWS-HMAC","AccessKeyId":"ASIAMACHINE000000001",
                     "SecretAccessKey":"secret of the machine","Token":"token of the machine","Expiration":"{{DateTimeOffset.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}
                    """),
                _ => Results.NotFound(),
            };
        });
        await app.StartAsync(Stop);
        return app;
    }
}

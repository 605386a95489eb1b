using DdocCost.Agent.Aws;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DdocCost.Tests.Ingest;

/// <summary>How the agent comes by the machine's own role, from stand-ins of what a machine or a container offers.</summary>
public sealed class AgentCredentialsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_the_instances_role_from_its_metadata_with_a_session_of_version_2()
    {
        var asked = 0;
        await using var machine = await StartAsync(app =>
        {
            app.MapPut("/latest/api/token", (HttpRequest request) => request.Headers["X-aws-ec2-metadata-token-ttl-seconds"] == "21600" ? Results.Text("session") : Results.BadRequest());
            app.MapGet("/latest/meta-data/iam/security-credentials/", (HttpRequest request) => InSession(request) ? Results.Text("ddoc-agent\n") : Results.Unauthorized());
            app.MapGet("/latest/meta-data/iam/security-credentials/ddoc-agent", (HttpRequest request) =>
                InSession(request) ? Results.Text(Role(++asked, TimeSpan.FromHours(1))) : Results.Unauthorized());
        });
        using var http = new HttpClient();
        using var credentials = new AwsCredentials(http, name => name == "AWS_EC2_METADATA_SERVICE_ENDPOINT" ? machine.Urls.First() : null);

        var first = await credentials.GetAsync(Stop);
        await credentials.GetAsync(Stop);

        Assert.Equal(("ASIA1", "secret", "token"), (first.KeyId, first.Secret, first.Token));
        Assert.Equal(1, asked);

        static bool InSession(HttpRequest request) => request.Headers["X-aws-ec2-metadata-token"] == "session";
    }

    [Fact]
    public async Task Takes_a_containers_role_and_gets_another_before_it_ends()
    {
        var asked = 0;
        await using var machine = await StartAsync(app => app.MapGet("/role", (HttpRequest request) =>
            request.Headers.Authorization == "of the pod" ? Results.Text(Role(++asked, TimeSpan.FromMinutes(4))) : Results.Unauthorized()));
        using var http = new HttpClient();
        using var credentials = new AwsCredentials(http, name => name switch
        {
            "AWS_CONTAINER_CREDENTIALS_FULL_URI" => machine.Urls.First() + "/role",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN" => "of the pod",
            _ => null,
        });

        Assert.Equal("ASIA1", (await credentials.GetAsync(Stop)).KeyId);
        Assert.Equal("ASIA2", (await credentials.GetAsync(Stop)).KeyId);
    }

    [Fact]
    public async Task Says_where_it_looked_when_there_are_none()
    {
        using var http = new HttpClient();
        using var credentials = new AwsCredentials(http, name => name == "AWS_EC2_METADATA_SERVICE_ENDPOINT" ? "http://127.0.0.1:9" : null);

        var error = await Assert.ThrowsAsync<AwsException>(() => credentials.GetAsync(Stop));

        Assert.Contains("of the instance", error.Message, StringComparison.Ordinal);
    }

    private static string Role(int number, TimeSpan lives) =>
        $$"""{"Code":"Success","AccessKeyId":"ASIA{{number}}","SecretAccessKey":"secret","Token":"token","Expiration":"{{DateTimeOffset.UtcNow + lives:yyyy-MM-ddTHH:mm:ssZ}}"}""";

    private static async Task<WebApplication> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        map(app);
        await app.StartAsync(Stop);
        return app;
    }
}

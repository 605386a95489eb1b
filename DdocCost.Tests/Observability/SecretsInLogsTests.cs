using System.Text.Json;
using DdocCost.Tests.Support;
using Npgsql;

namespace DdocCost.Tests.Observability;

/// <summary>What the app says at its most talkative, while secrets pass through it.</summary>
public sealed class SecretsInLogsTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_is_logged_even_when_everything_is()
    {
        using var folder = new TempFolder();
        const string masterKey = "master-key-that-nobody-may-see-0123456789";
        const string databasePassword = "database-password-that-nobody-may-see";
        const string wrong = "typed-password-that-nobody-may-see";
        const string token = "token-in-a-link-that-nobody-may-see";
        const string bearer = "ddp_bearer-that-nobody-may-see";
        var database = new NpgsqlConnectionStringBuilder(await postgres.NewDatabaseAsync()) { Password = databasePassword }.ConnectionString;
        var url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        using var app = AppProcess.Start("DdocCost.App", new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = database, ["ConnectionStrings:Redis"] = await redis.AddressAsync(), ["Data:Folder"] = folder["data"], ["Secrets:MasterKey"] = masterKey,
            ["Logging:LogLevel:Default"] = "Debug", ["Logging:Console:FormatterName"] = "json", ["Jobs:InProcess"] = "false", ["ASPNETCORE_URLS"] = url,
        }, "serve");
        using var visitor = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(url) };
        await Eventually.TrueAsync(async () =>
        {
            Assert.False(app.HasExited, app.Output);
            try
            {
                using var answer = await visitor.GetAsync("/health/ready", Stop);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the app");

        using var _ = await visitor.GetAsync($"/setup?code={token}", Stop);
        using var __ = await visitor.GetAsync($"/mail/act/{token}", Stop);
        using var ___ = await Install.CaddyFront.PostAsync(visitor, "/setup", new("Form.Code", token), new("Form.Name", "somebody"), new("Form.Password", wrong), new("Form.Repeated", wrong));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ingest/v1/cloudtrail") { Content = new StringContent("{}") };
        request.Headers.Authorization = new("Bearer", bearer);
        using var ____ = await visitor.SendAsync(request, Stop);
        await Eventually.TrueAsync(() => Task.FromResult(app.Output.Contains("3100", StringComparison.Ordinal)), "the invitation, which comes late");

        Assert.All([masterKey, databasePassword, wrong, token, bearer], secret => Assert.DoesNotContain(secret, app.Output, StringComparison.Ordinal));
        Assert.All(app.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal(JsonValueKind.Object, JsonSerializer.Deserialize<JsonElement>(line).ValueKind));
    }
}

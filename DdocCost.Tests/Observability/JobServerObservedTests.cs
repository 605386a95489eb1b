using System.Net;
using System.Text.Json;
using DdocCost.Tests.Install;
using DdocCost.Tests.Support;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Observability;

/// <summary>A job server with compose's settings, watched from outside the process.</summary>
public sealed class JobServerObservedTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_does_is_counted_and_its_health_is_told_with_remedies()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["trail"]);
        await File.WriteAllTextAsync(folder["master-key"], new string('k', 48), Stop);
        await File.WriteAllBytesAsync(folder["trail/a.json"], Log(RunInstance(1), RunInstance(2), DescribeInstances(3)), Stop);
        var settings = ComposeFile.Environment("scorer").Where(pair => !pair.Value.Contains("${", StringComparison.Ordinal)).ToDictionary();
        var observe = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        settings["ConnectionStrings__Postgres"] = await postgres.NewEmptyDatabaseAsync();
        settings["ConnectionStrings__Redis"] = await redis.AddressAsync();
        settings["Secrets__MasterKeyFile"] = folder["master-key"];
        settings["Data__Folder"] = folder["data"];
        settings["Sources__Folders__0__Path"] = folder["trail"];
        settings["Sources__Folders__0__Settle"] = "00:00:00";
        settings["Observe__Url"] = observe;
        settings["Observe__DepthEvery"] = "00:00:01";
        settings["Jobs__Queues__1"] = "ingest";
        using var server = AppProcess.Start("DdocCost.Jobs", settings);
        using var http = new HttpClient { BaseAddress = new Uri(observe), Timeout = TimeSpan.FromSeconds(10) };
        var metrics = "";
        await Eventually.TrueAsync(async () =>
        {
            Assert.False(server.HasExited, server.Output);
            try
            {
                metrics = await http.GetStringAsync("/metrics", Stop);
            }
            catch (HttpRequestException)
            {
                return false;
            }

            return metrics.Contains("ddoc_scoring_records_total", StringComparison.Ordinal) && metrics.Contains("ddoc_queue_depth", StringComparison.Ordinal);
        }, "the file to be counted");

        Assert.Matches("ddoc_ingestion_records_total{[^}]*outcome=\"taken\"[^}]*} 3", metrics);
        Assert.Matches("ddoc_scoring_records_total{[^}]*outcome=\"priced\"[^}]*} 2", metrics);
        Assert.Matches("ddoc_scoring_records_total{[^}]*outcome=\"free\"[^}]*} 1", metrics);
        Assert.Contains("ddoc_scoring_batch_duration_seconds_bucket", metrics, StringComparison.Ordinal);

        using var probe = AppProcess.Start("DdocCost.Jobs", new Dictionary<string, string> { ["Observe__Url"] = observe }, "health");
        Assert.True(await probe.ExitAsync(Stop) == 0, probe.Output);
        using var deep = await http.GetAsync("/health/deep", Stop);
        var checks = JsonSerializer.Deserialize<JsonElement>(await deep.Content.ReadAsStringAsync(Stop)).GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);
        Assert.Equal(HttpStatusCode.OK, deep.StatusCode);
        Assert.Equal(["archive", "backlog", "clock", "database", "job servers", "keys", "redis", "schema"], checks.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Healthy", checks["keys"].GetProperty("status").GetString());
        Assert.Contains("hunt", checks["job servers"].GetProperty("says").GetString(), StringComparison.Ordinal);
        Assert.Contains("start the job servers", checks["job servers"].GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.All(server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal(JsonValueKind.Object, JsonSerializer.Deserialize<JsonElement>(line).ValueKind));
    }

    [Fact]
    public async Task Nobody_there_is_not_healthy()
    {
        using var probe = AppProcess.Start("DdocCost.Jobs", new Dictionary<string, string> { ["Observe__Url"] = $"http://127.0.0.1:{ServerProcess.FreePort()}" }, "health");

        Assert.Equal(1, await probe.ExitAsync(Stop));
    }
}

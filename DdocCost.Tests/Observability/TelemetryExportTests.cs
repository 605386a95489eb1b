using System.Collections.Concurrent;
using DdocCost.Tests.Support;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Observability;

/// <summary>What a job server sends to a collector over OTLP, received and decoded.</summary>
public sealed class TelemetryExportTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_traces_and_logs_of_a_scored_file_reach_a_collector()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["trail"]);
        await File.WriteAllBytesAsync(folder["trail/a.json"], Log(RunInstance(1), DescribeInstances(2)), Stop);
        await using var collector = await Collector.StartAsync();
        using var server = AppProcess.Start("DdocCost.Jobs", new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = await postgres.NewDatabaseAsync(), ["ConnectionStrings:Redis"] = await redis.AddressAsync(), ["Data:Folder"] = folder["data"],
            ["Sources:Folders:0:Tenant"] = "watched", ["Sources:Folders:0:Path"] = folder["trail"], ["Sources:Folders:0:Settle"] = "00:00:00", ["Jobs:MigrateAtStart"] = "false",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_SERVICE_NAME"] = "ddoc-scorer",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500", ["OTEL_BSP_SCHEDULE_DELAY"] = "200", ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        });

        await Eventually.TrueAsync(
            () => Task.FromResult(server.HasExited || (collector.Names("/v1/metrics").Contains("ddoc.scoring.records") && collector.Names("/v1/traces").Any(IsOurs) && collector.Logs.Any())),
            "metrics, a span and a log line");

        Assert.False(server.HasExited, server.Output);
        Assert.Contains("ddoc.ingestion.records", collector.Names("/v1/metrics"));
        Assert.Contains("ddoc.queue.depth", collector.Names("/v1/metrics"));
        Assert.All(collector.Services, service => Assert.Equal("ddoc-scorer", service));
        Assert.DoesNotContain(collector.Everything, text => text.Contains(folder.Path, StringComparison.Ordinal) && text.Contains("Password", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOurs(string span) => !span.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes OTLP over HTTP with protobuf, at the paths and with the fields of opentelemetry-proto 1.x.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly ConcurrentQueue<(string Path, byte[] Body)> _taken = [];

        private Collector(WebApplication app) => _app = app;

        public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

        /// <summary>Bodies of log records.</summary>
        public IEnumerable<string> Logs => At("/v1/logs", 1, 2, 2, 5, 1).Select(Text);

        /// <summary>The attribute <c>service.name</c> of every resource.</summary>
        public IEnumerable<string> Services => ((string[])["/v1/metrics", "/v1/traces", "/v1/logs"]).SelectMany(path => At(path, 1, 1, 1)).Where(attribute => Fields(attribute, 1).Select(Text).Contains("service.name"))
            .SelectMany(attribute => Fields(attribute, 2)).SelectMany(value => Fields(value, 1)).Select(Text);

        /// <summary>All of it, as text.</summary>
        public IEnumerable<string> Everything => _taken.Select(taken => System.Text.Encoding.UTF8.GetString(taken.Body));

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--urls=http://127.0.0.1:0"] });
            builder.Logging.ClearProviders();
            var collector = new Collector(builder.Build());
            collector._app.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body, http.RequestAborted);
                collector._taken.Enqueue((http.Request.Path, body.ToArray()));
                http.Response.ContentType = "application/x-protobuf";
            });
            await collector._app.StartAsync(Stop);
            return collector;
        }

        /// <summary>Names of metrics, or of spans.</summary>
        public IReadOnlyList<string> Names(string path) => [.. At(path, path == "/v1/metrics" ? [1, 2, 2, 1] : [1, 2, 2, 5]).Select(Text)];

        public async ValueTask DisposeAsync()
        {
            using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await _app.StopAsync(now.Token);
            await _app.DisposeAsync();
        }

        private IEnumerable<byte[]> At(string path, params int[] fields) =>
            fields.Aggregate(_taken.Where(taken => taken.Path == path).Select(taken => taken.Body), (messages, field) => messages.SelectMany(message => Fields(message, field)));

        /// <summary>The values of a length-delimited field.</summary>
        private static List<byte[]> Fields(byte[] message, int number)
        {
            var values = new List<byte[]>();
            var reader = new CodedInputStream(message);
            while (reader.ReadTag() is var tag and not 0)
            {
                if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                {
                    values.Add(reader.ReadBytes().ToByteArray());
                }
                else
                {
                    reader.SkipLastField();
                }
            }

            return values;
        }

        private static string Text(byte[] value) => System.Text.Encoding.UTF8.GetString(value);
    }
}

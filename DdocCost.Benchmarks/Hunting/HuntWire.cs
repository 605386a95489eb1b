using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DdocCost.Benchmarks.Hunting;

/// <summary>
/// AWS's wire protocols for one account with many resources, all of them idle: pages as large as AWS's, 63 daily values a metric. A process of its own, so that its
/// memory is not the scan's. It checks no signatures.
/// </summary>
internal static class HuntWire
{
    private const int Page = 500;

    /// <summary>Serves until it is killed; the first line it writes is its address.</summary>
    public static async Task<int> ServeAsync(int resources)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, resources));
        await app.StartAsync();
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Starts one as a child, which ends with this process.</summary>
    public static (Process Process, string Url) Start(int resources)
    {
        var process = Process.Start(new ProcessStartInfo("setpriv", ["--pdeathsig=KILL", Environment.ProcessPath!, .. Dll(), "hunt-wire", $"{resources}"]) { RedirectStandardOutput = true })!;
        return (process, process.StandardOutput.ReadLine()!);
    }

    private static string[] Dll() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private static async Task AnswerAsync(HttpContext http, int resources)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var form = body.StartsWith("Action=", StringComparison.Ordinal) ? QueryHelpers.ParseQuery(body).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()) : null;
        var operation = form?["Action"] ?? http.Request.Headers["x-amz-target"].ToString().Split('.')[^1];
        var from = int.TryParse(form?.GetValueOrDefault("NextToken") ?? form?.GetValueOrDefault("Marker") ?? http.Request.Query["Marker"], CultureInfo.InvariantCulture, out var start) ? start : 0;
        var answer = (operation, http.Request.Path.Value) switch
        {
            ("DescribeRegions", _) => "<DescribeRegionsResponse><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></DescribeRegionsResponse>",
            ("DescribeInstances", _) => Ec2(operation, "reservationSet", resources * 3 / 10, from, i => $"<instancesSet><item><instanceId>i-{i:x17}</instanceId><imageId>ami-1</imageId><instanceState><name>running</name></instanceState><instanceType>m5.large</instanceType><launchTime>2024-01-05T10:00:00.000Z</launchTime>{Tags(i)}</item></instancesSet>"),
            ("DescribeVolumes", _) => Ec2(operation, "volumeSet", resources * 3 / 10, from, i => $"<volumeId>vol-{i:x17}</volumeId><size>100</size><status>available</status><createTime>2024-01-05T10:00:00.000Z</createTime><volumeType>gp3</volumeType><iops>3000</iops><throughput>125</throughput>{Tags(i)}"),
            ("DescribeSnapshots", _) => Ec2(operation, "snapshotSet", resources * 2 / 10, from, i => $"<snapshotId>snap-{i:x17}</snapshotId><volumeId>vol-gone{i}</volumeId><status>completed</status><startTime>2024-01-05T10:00:00.000Z</startTime><volumeSize>50</volumeSize><description>by hand</description>{Tags(i)}"),
            ("DescribeDBInstances", _) => Query("DescribeDBInstances", "DBInstances", resources / 20, from, i => $"<DBInstanceIdentifier>db-{i}</DBInstanceIdentifier><DBInstanceClass>db.m5.large</DBInstanceClass><Engine>postgres</Engine><DBInstanceStatus>available</DBInstanceStatus><InstanceCreateTime>2024-01-05T10:00:00Z</InstanceCreateTime><AllocatedStorage>100</AllocatedStorage><StorageType>gp3</StorageType>"),
            ("GetMetricData", _) => Metrics(body),
            ("", "/2015-03-31/functions") => Functions(resources / 20, from),
            ("DescribeLogGroups", _) => Groups(resources / 10, body),
            _ when form is not null => $"<{operation}Response/>",
            ("", var path) when path is null or "/" || path.StartsWith("/2013-04-01", StringComparison.Ordinal) => "<R/>",
            _ => "{}",
        };
        http.Response.ContentType = answer.StartsWith('<') ? "text/xml" : "application/json";
        await http.Response.WriteAsync(answer);
    }

    private static string Tags(int i) => $"<tagSet><item><key>Name</key><value>resource-{i}</value></item><item><key>team</key><value>team-{i % 40}</value></item><item><key>environment</key><value>production</value></item></tagSet>";

    private static string Ec2(string name, string list, int count, int from, Func<int, string> item) =>
        $"<{name}Response><{list}>{string.Concat(Of(count, from).Select(i => $"<item>{item(i)}</item>"))}</{list}>{(from + Page < count ? $"<nextToken>{from + Page}</nextToken>" : "")}</{name}Response>";

    private static string Query(string name, string list, int count, int from, Func<int, string> item) =>
        $"<{name}Response><{name}Result><{list}>{string.Concat(Of(count, from).Select(i => $"<DBInstance>{item(i)}</DBInstance>"))}</{list}>{(from + Page < count ? $"<Marker>{from + Page}</Marker>" : "")}</{name}Result></{name}Response>";

    private static string Functions(int count, int from) => JsonSerializer.Serialize(new
    {
        Functions = Of(count, from).Select(i => new { FunctionName = $"f-{i}", FunctionArn = $"arn:aws:lambda:eu-west-1:111122223333:function:f-{i}", MemorySize = 512, LastModified = "2024-01-05T10:00:00.000+0000", Environment = new { Variables = new { A = new string('x', 2000) } } }),
        NextMarker = from + Page < count ? $"{from + Page}" : null,
    });

    private static string Groups(int count, string body)
    {
        var asked = JsonSerializer.Deserialize<JsonElement>(body.Length == 0 ? "{}" : body);
        var from = asked.TryGetProperty("nextToken", out var token) ? int.Parse(token.GetString()!, CultureInfo.InvariantCulture) : 0;
        return JsonSerializer.Serialize(new
        {
            logGroups = Enumerable.Range(from, Math.Max(0, Math.Min(50, count - from))).Select(i => new { logGroupName = $"/app/{i}", creationTime = 1704448800000, storedBytes = 5_000_000_000 + i, arn = $"arn:aws:logs:eu-west-1:111122223333:log-group:/app/{i}" }),
            nextToken = from + 50 < count ? $"{from + 50}" : null,
        });
    }

    private static IEnumerable<int> Of(int count, int from) => Enumerable.Range(from, Math.Max(0, Math.Min(Page, count - from)));

    private static string Metrics(string body)
    {
        var asked = JsonSerializer.Deserialize<JsonElement>(body);
        var (start, end) = (asked.GetProperty("StartTime").GetInt64(), asked.GetProperty("EndTime").GetInt64());
        var days = Enumerable.Range(1, (int)((end - start) / 86_400)).Select(ago => end - (ago * 86_400L)).ToList();
        return JsonSerializer.Serialize(new
        {
            MetricDataResults = asked.GetProperty("MetricDataQueries").EnumerateArray().Select(query => new
            {
                Id = query.GetProperty("Id").GetString(),
                Label = "x",
                Timestamps = days,
                Values = days.Select(_ => query.GetProperty("MetricStat").GetProperty("Metric").GetProperty("MetricName").GetString() == "CPUUtilization" ? 1.25 : 0),
                StatusCode = "Complete",
            }),
        });
    }
}

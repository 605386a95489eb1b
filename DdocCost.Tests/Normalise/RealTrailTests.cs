using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Normalise.Services;
using Xunit;

namespace DdocCost.Tests.Normalise;

/// <summary>The development set of real records, where it lies beside the repository.</summary>
public sealed class RealTrailTests(ITestOutputHelper output)
{
    private static readonly string[] Billed = ["C", "S", "M", "E"];

    [Fact]
    public void Every_record_has_an_outcome_and_a_refused_one_costs_nothing()
    {
        var seen = 0;
        foreach (var entry in Entries())
        {
            var result = entry.Normalise();
            seen++;
            if (result is NormaliseResult.Understood { Event: var e })
            {
                Assert.NotEmpty(e.Changes);
                Assert.Equal(entry.Index["errorCode"].Length > 0, e.Action == ResourceAction.None);
                Assert.All(e.Changes, change => Assert.True(change.Quantity >= 0));
            }
        }

        Assert.True(seen > 3000, $"only {seen} records found");
    }

    /// <summary>Billed, but not by the hour: by use, by what another call creates, or only for some settings.</summary>
    private static readonly HashSet<string> WithoutRate =
    [
        "autoscaling PutScalingPolicy", "dms DeleteReplicationTask", "dms StartReplicationTask", "dynamodb BatchExecuteStatement",
        "dynamodb ExecuteStatement", "dynamodb PutItem", "dynamodb TransactWriteItems", "ec2 CreateClientVpnEndpoint", "ec2 CreateFlowLogs",
        "ec2 CreateReplaceRootVolumeTask", "ec2 CreateTransitGateway", "ec2 DeleteFlowLogs", "ec2 DeleteTransitGateway", "ecs CreateCluster",
        "ecs DeleteCluster", "elasticfilesystem CreateMountTarget", "elasticfilesystem PutBackupPolicy",
        "elasticfilesystem PutLifecycleConfiguration", "bedrock CreateModelCustomizationJob", "bedrock InvokeModel", "fsx DeleteBackup",
        "glue CreateCrawler", "glue StartCrawler", "kinesis MergeShards", "kinesis SplitShard", "kms DeleteKey", "lambda DeleteFunction",
        "rds DeleteDBClusterAutomatedBackup", "rds DeleteDBInstanceAutomatedBackup", "rds DeleteGlobalCluster", "rds ModifyDBCluster",
        "rds ModifyDBInstance", "rds StartActivityStream", "rds StartExportTask", "redshift-serverless CreateNamespace", "rds StopActivityStream", "route53resolver DeleteResolverQueryLogConfig", "sagemaker DeleteDomain",
    ];

    [Fact]
    public void Every_successful_billed_record_of_a_known_service_is_understood()
    {
        var services = ServiceRegistry.All.Select(service => service.Name).ToHashSet();
        var (understood, missed) = (0, new List<string>());
        foreach (var entry in Entries().Where(e => Billed.Contains(e.Index["cost_class"]) && e.Index["errorCode"].Length == 0))
        {
            var operation = $"{entry.Index["eventSource"].Split('.')[0]} {entry.Index["eventName"]}";
            switch (entry.Normalise())
            {
                case NormaliseResult.Understood:
                    understood++;
                    break;
                case NormaliseResult.Malformed { Reason: "eventTime is not a usable time" or "eventTime is missing" }:
                    break;
                case var result when services.Contains(entry.Index["eventSource"].Split('.')[0]) && !WithoutRate.Contains(operation):
                    missed.Add($"{operation}: {result}, {entry.Index["file"]} {entry.Index["record"]}");
                    break;
            }
        }

        output.WriteLine($"{understood} of the successful billed records are understood");

        Assert.Empty(missed);
        Assert.True(understood > 150, $"only {understood} understood");
    }

    private sealed record Entry(Dictionary<string, string> Index, JsonElement Record)
    {
        public NormaliseResult Normalise() => Records.Read(Encoding.UTF8.GetBytes(Record.GetRawText()));
    }

    private static IEnumerable<Entry> Entries()
    {
        var root = FindShared();
        Assert.SkipUnless(root is not null, "the development set (../shared/cloudtrail) is not here");
        var lines = File.ReadAllLines(Path.Combine(root, "index.tsv"));
        var columns = lines[0].Split('\t');
        foreach (var file in lines.Skip(1).Select(line => line.Split('\t')).GroupBy(cells => cells[0]))
        {
            var records = ReadFile(Path.Combine(root, file.Key));
            foreach (var cells in file)
            {
                var index = columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second);
                yield return new Entry(index, Unwrap(records[int.Parse(index["record"], System.Globalization.CultureInfo.InvariantCulture) - 1]));
            }
        }
    }

    private static string? FindShared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "cloudtrail");
            if (File.Exists(Path.Combine(candidate, "index.tsv")))
            {
                return candidate;
            }
        }

        return null;
    }

    private static List<JsonElement> ReadFile(string path)
    {
        using Stream file = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);
        using var reader = new StreamReader(file);
        var text = reader.ReadToEnd();
        if (path.Contains(".jsonl", StringComparison.Ordinal))
        {
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
        }

        var whole = JsonElement.Parse(text);
        return whole.TryGetProperty("Records", out var records) || whole.TryGetProperty("Events", out records) ? [.. records.EnumerateArray()] : [whole];
    }

    // EventBridge and LookupEvents envelopes.
    private static JsonElement Unwrap(JsonElement record) =>
        record.TryGetProperty("detail", out var detail) ? detail
        : record.TryGetProperty("CloudTrailEvent", out var inner) ? JsonElement.Parse(inner.GetString()!) : record;
}

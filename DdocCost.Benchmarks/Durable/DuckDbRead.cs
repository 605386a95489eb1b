using System.Diagnostics;
using DuckDB.NET.Data;

namespace DdocCost.Benchmarks.Durable;

/// <summary>The peer: DuckDB reads the same files with <c>read_json</c> and two threads, filters and groups. It stores nothing.</summary>
/// <param name="name">How <c>read_json</c> is used.</param>
/// <param name="options">Its options.</param>
/// <param name="field">A field of a record <c>r</c>, by its path.</param>
internal sealed class DuckDbRead(string name, string options, Func<string[], string> field)
{
    private const string SevenFields =
        "STRUCT(eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR, eventTime VARCHAR, recipientAccountId VARCHAR, eventID VARCHAR, userIdentity STRUCT(arn VARCHAR))";

    /// <summary>The fastest that is known: told the types of seven fields, it passes over all others, what makes a price among them.</summary>
    public static readonly DuckDbRead Typed = new("typed by hand", $", columns = {{Records: '{SevenFields}[]'}}, maximum_object_size = 33554432", Member);

    /// <summary>Records kept whole, as they have to be where what is asked of them is not known before.</summary>
    public static readonly DuckDbRead Json = new(
        "records as JSON", ", columns = {Records: 'JSON[]'}, maximum_object_size = 33554432", path => $"r->>'$.{string.Join('.', path)}'");

    /// <summary>As one writes it: it finds the types itself. It has to look at everything first, as no two calls have the same parameters.</summary>
    public static readonly DuckDbRead Plain = new("types found by itself", ", sample_size = -1, union_by_name = true", Member);

    /// <summary>How <c>read_json</c> is used, in words.</summary>
    public string Name => name;

    /// <summary>Runs once.</summary>
    /// <returns>Time on the clock, processor time.</returns>
    public (TimeSpan Elapsed, TimeSpan Used) Run(string folder)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "set threads = 2";
        command.ExecuteNonQuery();
        command.CommandText =
            $"""
            select {field(["recipientAccountId"])}, {field(["eventSource"])}, {field(["eventName"])}, {field(["awsRegion"])}, {field(["userIdentity", "arn"])}, count(*)::bigint
            from (select unnest(Records) as r from read_json('{folder}/*.json.gz'{options}))
            where {field(["eventName"])} in ('RunInstances', 'TerminateInstances', 'CreateVolume', 'CreateNatGateway') group by all
            """;
        var (used, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var groups = 0;
        using (var reader = command.ExecuteReader())
        {
            for (; reader.Read(); groups++)
            {
            }
        }

        return groups > 0
            ? (clock.Elapsed, Environment.CpuUsage.TotalTime - used)
            : throw new InvalidOperationException("DuckDB found nothing in the files.");
    }

    private static string Member(string[] path) => $"r.{string.Join('.', path)}";
}

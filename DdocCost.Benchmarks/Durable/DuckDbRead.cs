using System.Diagnostics;
using DuckDB.NET.Data;

namespace DdocCost.Benchmarks.Durable;

/// <summary>The peer: DuckDB reads the same files with a typed schema and two threads, filters and groups. It stores nothing.</summary>
internal static class DuckDbRead
{
    private const string Record =
        "STRUCT(eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR, eventTime VARCHAR, recipientAccountId VARCHAR, eventID VARCHAR, userIdentity STRUCT(arn VARCHAR))";

    /// <summary>Runs once.</summary>
    /// <returns>Time on the clock, processor time.</returns>
    public static (TimeSpan Elapsed, TimeSpan Used) Run(string folder)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "set threads = 2";
        command.ExecuteNonQuery();
        command.CommandText =
            $$"""
            select r.recipientAccountId, r.eventSource, r.eventName, r.awsRegion, r.userIdentity.arn, count(*)::bigint
            from (select unnest(Records) as r from read_json('{{folder}}/*.json.gz', columns = {Records: '{{Record}}[]'}, maximum_object_size = 33554432))
            where r.eventName in ('RunInstances', 'TerminateInstances', 'CreateVolume', 'CreateNatGateway') group by all
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
}

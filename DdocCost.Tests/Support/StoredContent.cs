using System.Globalization;
using System.Security.Cryptography;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Tests.Support;

/// <summary>Everything that an import leaves behind, as sorted lines of text, without the moments at which it was processed.</summary>
public static class StoredContent
{
    private static readonly string[] Documents =
    [
        "cost_events", "baselines", "account_profiles", "anomaly_cases", "running_resources", "ended_resources", "resource_definitions", "spend_hours",
        "quarantined_records",
    ];

    /// <summary>Reads database and archive.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string database, string archive)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        foreach (var document in Documents)
        {
            lines.AddRange(await LinesAsync(connection,
                $"select '{document} ' || tenant_id || ' ' || (data - '{{createdAt,foundAt}}'::text[])::text from mt_doc_{document} order by tenant_id, id"));
        }

        lines.AddRange(await LinesAsync(connection, "select 'account ' || (to_jsonb(a) - 'epoch')::text from pipeline.accounts a order by tenant_id, account_id"));
        lines.AddRange(await LinesAsync(connection,
            "select 'delivery ' || (to_jsonb(d) - 'taken_at')::text from pipeline.deliveries d order by tenant_id, content_hash"));
        lines.AddRange(await LinesAsync(connection, "select 'file ' || f::text from pipeline.source_files f order by tenant_id, source, path"));
        lines.AddRange(await LinesAsync(connection, "select 'dead ' || (to_jsonb(d) - 'given_up_at')::text from pipeline.dead_letters d order by 1"));
        lines.AddRange(Directory.EnumerateFiles(archive, "*.json.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(
            path => $"archive {Path.GetRelativePath(archive, path)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}"));
        return lines;
    }

    /// <summary>How many lines there are of each kind.</summary>
    public static string Summary(IEnumerable<string> content) =>
        string.Join(", ", content.CountBy(line => line.Split(' ')[0]).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Value} {kind.Key}")));

    private static Task<List<string>> LinesAsync(NpgsqlConnection connection, string sql) =>
        connection.QueryAsync(sql, row => row.GetString(0), TestContext.Current.CancellationToken);
}

using System.Globalization;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Benchmarks.Faults;

/// <summary>What a run leaves behind: every document as a line of text without the moments of processing and the place in the archive, and what was told.</summary>
/// <param name="Lines">Sorted.</param>
/// <param name="Repeats">Messages that a receiver got more than once.</param>
/// <param name="Lost">Messages that are noted as accepted, and that no receiver has.</param>
internal sealed record Outcome(IReadOnlyList<string> Lines, int Repeats, int Lost)
{
    private static readonly string[] Documents =
        ["cost_events", "baselines", "account_profiles", "anomaly_cases", "running_resources", "ended_resources", "resource_definitions", "spend_hours", "quarantined_records"];

    /// <summary>Reads that of a tenant.</summary>
    public static async Task<Outcome> ReadAsync(Installation installation, string tenant)
    {
        await using var connection = new NpgsqlConnection(installation.Database + ";Pooling=false");
        await connection.OpenAsync();
        var lines = new List<string>();
        foreach (var document in Documents)
        {
            lines.AddRange(await LinesAsync(connection, $"select '{document} ' || (data - '{{createdAt,foundAt}}'::text[] #- '{{costed,event,location}}')::text from mt_doc_{document} where tenant_id = $1", tenant));
        }

        lines.AddRange(await LinesAsync(connection, "select format('dead-letter %s', d::text) from pipeline.dead_letters d where tenant_id = $1", tenant));
        // What happens quickly is told together, so how often a case is spoken of depends on time. That it opened, how loud it got and that it is over does not.
        lines.AddRange(await LinesAsync(
            connection,
            """
            select format('told %s %s: opened %s times, at its loudest %s, last %s', m.channel_id, m.thread_key, count(*) filter (where m.kind = 'case-opened'),
                (array_agg(f.severity order by array_position(array['Info', 'Warning', 'Critical'], f.severity) desc nulls last))[1],
                case when bool_or(m.kind = 'case-closed') then 'over' else 'open' end)
            from notify.messages m join notify.facts f on f.seq = m.fact_seq
            where m.tenant_id = $1 and m.kind like 'case-%' and m.state = 'accepted' group by m.channel_id, m.thread_key
            """,
            tenant));
        lines.AddRange(await LinesAsync(
            connection,
            "select format('undelivered %s %s %s', channel_id, kind, state) from notify.messages where tenant_id = $1 and kind like 'case-%' and state not in ('accepted', 'superseded')",
            tenant));
        Guid[] taken = [.. installation.Slack.Taken, .. installation.Mail.Taken];
        var accepted = (await connection.QueryAsync(
            "select id from notify.messages where tenant_id = $1 and state = 'accepted' and kind in ('case-opened', 'case-escalated', 'case-closed')", row => row.GetGuid(0), CancellationToken.None, tenant)).ToHashSet();
        return new Outcome([.. lines.Order(StringComparer.Ordinal)], taken.CountBy(id => id).Count(id => id.Value > 1 && accepted.Contains(id.Key)), accepted.Except(taken).Count());
    }

    /// <summary>What differs: lines that only one has, begun where they part from the nearest of the other.</summary>
    public static IReadOnlyList<string> Differences(Outcome expected, Outcome actual)
    {
        var (missing, more) = (Without(expected, actual), Without(actual, expected));
        return [.. missing.Select(line => $"missing: {Excerpt(line, more)}"), .. more.Select(line => $"more: {Excerpt(line, missing)}")];
    }

    /// <summary>The same by names only: which documents there are, not what stands in them. Two versions side by side differ in what they write.</summary>
    public Outcome Names() => this with { Lines = [.. Lines.Select(line => line.IndexOf("\", \"", StringComparison.Ordinal) is > 0 and var end ? line[..end] : line)] };

    /// <summary>How many lines there are of a kind.</summary>
    public int Count(string kind) => Lines.Count(line => line.StartsWith(kind + " ", StringComparison.Ordinal));

    /// <summary>How many lines there are of each kind.</summary>
    public override string ToString() => string.Join(", ", Lines.CountBy(line => line.Split(' ')[0]).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Value} {kind.Key}")));

    private static List<string> Without(Outcome these, Outcome those)
    {
        var other = those.Lines.CountBy(line => line).ToDictionary();
        return [.. these.Lines.CountBy(line => line).Where(line => other.GetValueOrDefault(line.Key) < line.Value).Select(line => line.Key)];
    }

    private static string Excerpt(string line, List<string> others)
    {
        var same = others.Count == 0 ? 0 : others.Max(other => line.AsSpan().CommonPrefixLength(other));
        return same < 200 ? line[..Math.Min(line.Length, 400)] : $"{line[..100]} … {line[(same - 100)..Math.Min(line.Length, same + 200)]}";
    }

    private static Task<List<string>> LinesAsync(NpgsqlConnection connection, string sql, string tenant) =>
        connection.QueryAsync(sql, row => row.GetString(0), CancellationToken.None, tenant);
}

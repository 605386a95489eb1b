using System.Buffers;
using System.Globalization;

namespace DdocCost.App.Shell;

/// <summary>Lines of comma-separated values (RFC 4180) that a spreadsheet may open.</summary>
internal static class Csv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n;\t");

    /// <summary>A line of cells, without its end.</summary>
    public static string Line(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell));

    /// <summary>
    /// A cell that no spreadsheet takes for a formula: names and tags are written by whoever made the resource. Source: OWASP, "CSV Injection".
    /// </summary>
    public static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' && !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _) ? $"'{value}" : value;
        return safe.AsSpan().ContainsAny(Quoted) || safe[0] == '\'' ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>A moment in UTC, to the second.</summary>
    public static string? Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A number with a point, without grouping.</summary>
    public static string? Number(decimal? number, string format = "0.##########") => number?.ToString(format, CultureInfo.InvariantCulture);
}

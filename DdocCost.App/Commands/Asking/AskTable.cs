using System.Globalization;
using System.Text.Json;
using DdocCost.Domain.Wording;

namespace DdocCost.App.Commands.Asking;

/// <summary>Rows of the API as a table of plain text, or as JSON lines.</summary>
internal static class AskTable
{
    private const int Widest = 70;

    /// <summary>Writes them.</summary>
    public static void Write(TextWriter output, IReadOnlyList<JsonElement> rows, IReadOnlyList<AskColumn> columns, bool asJson)
    {
        if (asJson)
        {
            foreach (var row in rows)
            {
                output.WriteLine(JsonSerializer.Serialize(row));
            }

            return;
        }

        if (rows.Count == 0)
        {
            output.WriteLine("Nothing.");
            return;
        }

        var cells = rows.Select(row => columns.Select(column => Cell(row, column)).ToArray()).Prepend([.. columns.Select(column => column.Title)]).ToList();
        var widths = columns.Select((_, index) => cells.Max(line => line[index].Length)).ToArray();
        foreach (var line in cells)
        {
            output.WriteLine(string.Join("  ", line.Select((cell, index) => columns[index].IsNumber ? cell.PadLeft(widths[index]) : cell.PadRight(widths[index]))).TrimEnd());
        }
    }

    private static string Cell(JsonElement row, AskColumn column) => row.TryGetProperty(column.Field, out var value) ? Text(value, column) : "";

    private static string Text(JsonElement value, AskColumn column) => value.ValueKind switch
    {
        JsonValueKind.Null => column.IsNumber ? "?" : "",
        JsonValueKind.Number when column.IsNumber => value.GetDecimal().ToString("#,0.00", CultureInfo.InvariantCulture),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => Text(item, column))),
        JsonValueKind.Object when column.Inner is { } inner => value.TryGetProperty(inner, out var part) ? Text(part, column with { Inner = null }) : "",
        JsonValueKind.String when value.TryGetDateTimeOffset(out var at) => at.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        // Names come from AWS users; a terminal must not take them for commands.
        _ => SafeText.Line(value.ToString(), Widest),
    };
}

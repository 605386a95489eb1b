using System.Globalization;
using System.Text;

namespace DdocCost.Domain.Wording;

/// <summary>
/// Text from anybody (names, tags, error messages) made fit for a message: no control characters, nothing that turns the reading direction or
/// hides, no half characters, and never longer than its place. What a format would take for markup is that format's business to escape.
/// </summary>
public static class SafeText
{
    /// <summary>On one line: line breaks and tabs become a space, runs of spaces one.</summary>
    /// <param name="text">Anything; null counts as empty.</param>
    /// <param name="most">UTF-16 units; a longer text ends in an ellipsis.</param>
    public static string Line(string? text, int most)
    {
        var line = new StringBuilder();
        foreach (var rune in Readable(text, most))
        {
            if (!Rune.IsWhiteSpace(rune))
            {
                line.Append(rune);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return Cut(line.ToString().TrimEnd(), most);
    }

    /// <summary>With its line breaks.</summary>
    /// <param name="text">Anything; null counts as empty.</param>
    /// <param name="most">UTF-16 units; a longer text ends in an ellipsis.</param>
    public static string Lines(string? text, int most)
    {
        var lines = new StringBuilder();
        foreach (var rune in Readable(text, most))
        {
            lines.Append(rune.Value is '\n' || !Rune.IsControl(rune) ? rune : new Rune(' '));
        }

        return Cut(lines.ToString(), most);
    }

    /// <summary>Cut to a length between two characters, with an ellipsis where something is missing.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = most - 1;
        return string.Concat(text.AsSpan(0, end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : Math.Max(0, end)), most > 0 ? "…" : "");
    }

    private static IEnumerable<Rune> Readable(string? text, int most)
    {
        // What is far beyond the place is not looked at: a name may be 100 kB.
        var taken = Cut(text ?? "", (most * 4) + 100).Replace("\r\n", "\n", StringComparison.Ordinal);
        foreach (var rune in taken.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                yield return rune.Value is '\n' or '\r' or 0x85 or 0x2028 or 0x2029 ? new Rune('\n') : new Rune(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned))
            {
                yield return rune;
            }
        }
    }
}

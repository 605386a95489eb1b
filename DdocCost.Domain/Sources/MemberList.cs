using System.Text;

namespace DdocCost.Domain.Sources;

/// <summary>An account that may be connected: a member of an organisation, or a line of a list.</summary>
/// <param name="AccountId">Its number.</param>
/// <param name="Name">What it is called.</param>
public sealed record MemberAccount(string AccountId, string Name)
{
    /// <summary>Who answers for it; empty for nobody.</summary>
    public string Owner { get; init; } = "";

    /// <summary>What it is grouped by; empty for none.</summary>
    public string Group { get; init; } = "";

    /// <summary>Whether it can be used; a suspended or closed one cannot.</summary>
    public bool IsActive { get; init; } = true;
}

/// <summary>Reads accounts from comma-separated text (RFC 4180): number, name, owner, group; a first line with these names may stand before.</summary>
public static class MemberList
{
    /// <summary>So many lines are read.</summary>
    public const int MostLines = 5_000;

    /// <summary>Reads a list.</summary>
    /// <returns>Its accounts, each number once, and what is wrong with single lines, each as a sentence.</returns>
    public static (IReadOnlyList<MemberAccount> Accounts, IReadOnlyList<string> Problems) Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (accounts, problems) = (new Dictionary<string, MemberAccount>(), new List<string>());
        foreach (var (row, number) in Rows(text).Take(MostLines).Select((row, i) => (row, i + 1)))
        {
            if (row.All(string.IsNullOrWhiteSpace) || (number == 1 && !row[0].Any(char.IsAsciiDigit)))
            {
                continue; // nothing, or the names of the columns
            }

            var id = row[0].Trim().Replace("-", "", StringComparison.Ordinal); // 1111-2222-3333, as the console shows it
            if (id.Length != 12 || !id.All(char.IsAsciiDigit))
            {
                problems.Add($"Line {number}: '{Shortened(row[0].Trim())}' is no account number of 12 digits; a spreadsheet may have taken its leading zeros away.");
            }
            else if (!accounts.TryAdd(id, new MemberAccount(id, Field(row, 1) is { Length: > 0 } name ? name : id) { Owner = Field(row, 2), Group = Field(row, 3) }))
            {
                problems.Add($"Line {number}: {id} is there already.");
            }
        }

        return ([.. accounts.Values], problems);
    }

    private static string Field(List<string> row, int at) => at < row.Count ? row[at].Trim() : "";

    private static string Shortened(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private static IEnumerable<List<string>> Rows(string text)
    {
        var (row, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted && i < text.Length)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append(text[++i]);
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    field.Append(c);
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c is ',' or ';' or '\t' or '\n')
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
            else if (c != '\r' && c != '\uFEFF')
            {
                field.Append(c);
            }
        }
    }
}

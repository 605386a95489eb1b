namespace DdocCost.Domain.Undo;

/// <summary>Text for a POSIX shell. Ids come out of CloudTrail records, so they are anybody's text until checked.</summary>
internal static class ShellText
{
    /// <summary>Longest id put into a command; the longest ARNs of AWS have 2,048 characters.</summary>
    private const int Longest = 2048;

    /// <summary>
    /// Whether a text may stand in a command at all: printable ASCII only (a pasted line break would run what follows), no part that
    /// begins with a dash (the AWS command line would read it as an option, quoted or not), and no <c>scheme://</c> (it would load that file).
    /// </summary>
    public static bool IsSafe(string text) =>
        text.Length is > 0 and <= Longest && text.All(c => c is >= ' ' and <= '~') && !text.Contains("://", StringComparison.Ordinal)
        && !text.Split('/', ':').Any(part => part.StartsWith('-'));

    /// <summary>The text as one word: as it is where no character means anything to a shell, else in single quotes.</summary>
    /// <remarks>Within single quotes nothing is special but the quote itself, which is written <c>'\''</c>. POSIX.1-2017, Shell Command Language, 2.2.2.</remarks>
    public static string Word(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ':' or ',' or '+' or '@')
            ? text
            : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}

namespace DdocCost.Jobs.Scoring;

/// <summary>JSON may hold the character NUL as <c>\u0000</c>; no text in PostgreSQL may.</summary>
internal static class NulCharacters
{
    /// <summary>The same JSON with every NUL written as U+FFFD, "unreadable"; the very same memory where there is none.</summary>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf(@"\u0000"u8) < 0)
        {
            return json;
        }

        var copy = json.ToArray();
        for (var i = 0; i < copy.Length - 1; i++)
        {
            if (copy[i] != '\\')
            {
                continue;
            }

            if (copy.AsSpan(i).StartsWith(@"\u0000"u8))
            {
                @"\ufffd"u8.CopyTo(copy.AsSpan(i));
            }

            i++; // whatever is escaped, so that an escaped backslash does not begin an escape
        }

        return copy;
    }
}

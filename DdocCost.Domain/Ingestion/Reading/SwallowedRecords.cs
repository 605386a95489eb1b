namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>
/// A record cut inside an array, <c>{"eventVersion":"1.08","resources":[,{good},{good}]}</c> less the comma, is valid JSON with the
/// good records behind it as elements of its own array. No parser notices; this does.
/// </summary>
internal static class SwallowedRecords
{
    /// <summary>Whether whole records lie inside an object as elements of an array.</summary>
    /// <param name="json">The object.</param>
    /// <param name="shape">Its shape.</param>
    public static bool AreIn(ReadOnlySpan<byte> json, in ItemShape shape)
    {
        // The cheap question first: every record has exactly one such name, the envelope of one as well.
        var name = "\"eventSource\""u8;
        var behind = shape.EventSource.IsEmpty ? 0 : shape.EventSource.Start + shape.EventSource.Length;
        return json[behind..].IndexOf(name) >= 0 && AnyElementIsRecord(json);
    }

    private static bool AnyElementIsRecord(ReadOnlySpan<byte> json)
    {
        for (var at = Next(json, 1); at > 0; at = Next(json, at + 1))
        {
            if (json[..at].TrimEnd(" \t\r\n"u8) is [.., (byte)',' or (byte)'[']
                && ItemShape.Scan(json[at..], mayOpenList: false, out var shape) == ScanOutcome.Whole
                && shape.IsRecord)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the next object begins, or -1. A brace inside a text is never followed by a bare quote.</summary>
    private static int Next(ReadOnlySpan<byte> json, int from)
    {
        for (var found = json[from..].IndexOf((byte)'{'); found >= 0; found = json[from..].IndexOf((byte)'{'))
        {
            from += found + 1;
            if (json[from..].TrimStart(" \t\r\n"u8).StartsWith("\""u8))
            {
                return from - 1;
            }
        }

        return -1;
    }
}

using System.Globalization;

namespace DdocCost.Domain.Normalise;

/// <summary>Reads eventTime in the forms found in trails, exports and lookups.</summary>
internal static class EventTime
{
    // No AWS account is older, and no trail runs ahead that far: outside of this a date is damage, and would upset every sum over time.
    private static readonly DateTimeOffset Earliest = new(2006, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'",
        "yyyyMMdd'T'HHmmss'Z'", "MMM d, yyyy h:mm:ss tt", "MMM d, yyyy, h:mm:ss tt",
    ];

    /// <summary>The moment, UTC; null where the field does not hold one between 2006 and 2100.</summary>
    /// <remarks>A time without a zone is UTC. A number is Unix time, in seconds or milliseconds.</remarks>
    public static DateTimeOffset? Read(Field time)
    {
        var read = Usual(time.Raw) ?? (time.Number is { } unix ? FromUnix(unix) : FromText(time.Text));
        return read >= Earliest && read < Latest ? read : null;
    }

    /// <summary><c>2026-09-07T08:00:00Z</c>, as CloudTrail itself writes it; null for anything else.</summary>
    private static DateTimeOffset? Usual(ReadOnlySpan<byte> text)
    {
        if (text.Length != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        {
            return null;
        }

        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]));
        var (hour, minute, second) = (Digits(text[11..13]), Digits(text[14..16]), Digits(text[17..19]));
        return year is > 0 && month is > 0 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month) && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero) : null;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return -1;
            }

            number = (10 * number) + digit - '0';
        }

        return number;
    }

    private static DateTimeOffset? FromText(string? text)
    {
        // Nanoseconds are written by some exports; .NET parses seven decimals.
        if (text is { Length: 29 } && text[19] == '.')
        {
            text = text[..27];
        }

        return DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;
    }

    private static DateTimeOffset? FromUnix(decimal unix)
    {
        var milliseconds = unix < 100_000_000_000m ? unix * 1000 : unix; // 100 billion seconds are in the year 5138
        return milliseconds is > 0 and < 4_200_000_000_000m ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;
    }
}

using System.Text.RegularExpressions;

namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>Turns account ids as written in records into strings, one string per account and delivery.</summary>
internal sealed partial class AccountNames
{
    private const int LongestName = 32;

    private readonly Dictionary<string, string> _known = [];
    private readonly string _fallback;
    private string _latest = "";

    /// <param name="deliveryName">File path or object key; the account in its <c>AWSLogs/</c> layout speaks for records that name none.</param>
    public AccountNames(string deliveryName) =>
        _fallback = AccountInPath().Match(deliveryName) is { Success: true } match ? match.Groups[1].Value : RawRecord.UnknownAccount;

    /// <summary>The first candidate that can be an account id, else the one of the path, else <see cref="RawRecord.UnknownAccount"/>.</summary>
    public string FirstOf(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third) =>
        IsName(first) ? Interned(first) : IsName(second) ? Interned(second) : IsName(third) ? Interned(third) : _fallback;

    /// <summary>Real ids are 12 digits; samples are anonymised with letters too. Anything else could not go into a path or key later.</summary>
    public static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > LongestName)
        {
            return false;
        }

        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character != (byte)'-')
            {
                return false;
            }
        }

        return true;
    }

    private string Interned(ReadOnlySpan<byte> name)
    {
        Span<char> characters = stackalloc char[LongestName];
        characters = characters[..name.Length];
        for (var i = 0; i < name.Length; i++)
        {
            characters[i] = (char)name[i];
        }

        if (characters.SequenceEqual(_latest))
        {
            return _latest;
        }

        if (!_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters, out var known))
        {
            known = characters.ToString();
            _known.Add(known, known);
        }

        return _latest = known;
    }

    // AWSLogs/123456789012/CloudTrail/… or, for an organisation's trail, AWSLogs/o-abcde12345/123456789012/CloudTrail/…
    [GeneratedRegex(@"(?:^|[/\\])AWSLogs[/\\](?:o-[a-z0-9]+[/\\])?(\d{12})[/\\]", RegexOptions.CultureInvariant)]
    private static partial Regex AccountInPath();
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace DdocCost.App.Ingest.Push;

/// <summary>Makes and compares tokens: <c>ddp_</c>, the source's id, and 256 random bits.</summary>
internal static class PushSecret
{
    /// <summary>What a token of a push source begins with.</summary>
    public const string SourcePrefix = "ddp_";

    private const int IdLength = 12;
    private const string IdLetters = "abcdefghijkmnpqrstuvwxyz23456789";
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(IdLetters);

    /// <summary>An id of twelve letters and digits.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdLetters, IdLength);

    /// <summary>A new token for an id.</summary>
    public static string NewToken(string prefix, string id) => $"{prefix}{id}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";

    /// <summary>The id inside a token; null where it is none.</summary>
    public static string? IdIn(string prefix, string token) =>
        token.Length == prefix.Length + IdLength + 1 + 64 && token.StartsWith(prefix, StringComparison.Ordinal) && token[prefix.Length + IdLength] == '_'
            && IsId(token.AsSpan(prefix.Length, IdLength))
            ? token.Substring(prefix.Length, IdLength)
            : null;

    /// <summary>Whether it can be an id.</summary>
    public static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && !text.ContainsAnyExcept(IdCharacters);

    /// <summary>What is kept of a token.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>What is shown of a token later.</summary>
    public static string BeginningOf(string token) => token[..(token.Length - 58)] + "…";

    /// <summary>Whether a hash is the token's; takes as long whatever differs.</summary>
    public static bool Fits(string? hash, string token) =>
        hash is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(HashOf(token)));
}

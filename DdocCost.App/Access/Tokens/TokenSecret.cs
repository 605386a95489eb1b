using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DdocCost.App.Access.Tokens;

/// <summary>Secrets of tokens: 256 random bits behind a prefix by which scanners of repositories and logs find a leaked one.</summary>
internal static class TokenSecret
{
    /// <summary>How a program's token begins.</summary>
    public const string ApiPrefix = "ddoc_";

    /// <summary>How a refresh token begins.</summary>
    public const string RefreshPrefix = "ddocr_";

    private const int Bytes = 32;

    /// <summary>Makes one.</summary>
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of it.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

using System.Security.Cryptography;
using System.Text;

namespace DdocCost.Agent.Readers;

/// <summary>Where the position of a source is kept.</summary>
internal static class PositionFile
{
    /// <summary>A file for a source: its kind, and a hash of all of it.</summary>
    public static string Of(string folder, string source) =>
        Path.Combine(folder, $"{source[..source.IndexOf(':', StringComparison.Ordinal)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(0, 8))}");
}

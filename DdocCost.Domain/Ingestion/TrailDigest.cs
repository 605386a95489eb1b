using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DdocCost.Domain.Ingestion;

/// <summary>
/// A digest file of CloudTrail: what log files it delivered within an hour, with their hashes, signed, and chained to the digest before.
/// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
/// </summary>
public sealed record TrailDigest
{
    private TrailDigest()
    {
    }

    /// <summary>End of its hour, as it is written.</summary>
    public required string EndTime { get; init; }

    /// <summary>Where it says that it lies.</summary>
    public required (string Bucket, string Key) Place { get; init; }

    /// <summary>Which public key it is signed for.</summary>
    public required string KeyFingerprint { get; init; }

    /// <summary>The digest before it in the chain; null where the chain begins.</summary>
    public string? PreviousKey { get; init; }

    /// <summary>SHA-256 of that one's content, uncompressed, in hexadecimal.</summary>
    public string? PreviousHash { get; init; }

    /// <summary>That one's signature, in hexadecimal.</summary>
    public string? PreviousSignature { get; init; }

    /// <summary>SHA-256 of its own content, uncompressed, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Its log files: key, and SHA-256 of the content, uncompressed, in hexadecimal.</summary>
    public required IReadOnlyList<(string Key, string Hash)> LogFiles { get; init; }

    /// <summary>Reads one; null where it is none.</summary>
    /// <param name="content">Uncompressed.</param>
    public static TrailDigest? Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            return new TrailDigest
            {
                EndTime = root.GetProperty("digestEndTime").GetString() ?? "",
                Place = (root.GetProperty("digestS3Bucket").GetString() ?? "", root.GetProperty("digestS3Object").GetString() ?? ""),
                KeyFingerprint = root.GetProperty("digestPublicKeyFingerprint").GetString() ?? "",
                PreviousKey = Text(root, "previousDigestS3Object"),
                PreviousHash = Text(root, "previousDigestHashValue"),
                PreviousSignature = Text(root, "previousDigestSignature"),
                Hash = Convert.ToHexStringLower(SHA256.HashData(content.Span)),
                LogFiles = [.. root.GetProperty("logFiles").EnumerateArray().Select(file => (file.GetProperty("s3Object").GetString() ?? "", file.GetProperty("hashValue").GetString() ?? ""))],
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Why it is not what CloudTrail wrote there; null where it is.</summary>
    /// <param name="bucket">Where it was found.</param>
    /// <param name="key">Where it was found.</param>
    /// <param name="signature">From the object's metadata, hexadecimal.</param>
    /// <param name="publicKey">The key of its <see cref="KeyFingerprint"/>, DER (PKCS #1), as ListPublicKeys gives it; null where AWS has none.</param>
    public string? Problem(string bucket, string key, string? signature, byte[]? publicKey)
    {
        if (Place != (bucket, key))
        {
            return $"digest {key} says that it lies at {Place.Bucket}/{Place.Key}: it was moved";
        }

        if (publicKey is null)
        {
            return $"digest {key} names a public key that CloudTrail does not have";
        }

        return IsSigned(signature, publicKey) ? null : $"digest {key} is not signed by CloudTrail, or was changed since";
    }

    /// <summary>Why it does not follow the digest before it; null where it does, or where there is none.</summary>
    /// <param name="previous">The digest that lies at <see cref="PreviousKey"/>; null where nothing lies there.</param>
    public string? BrokenChain(TrailDigest? previous) => (PreviousKey, previous) switch
    {
        (null, _) => null,
        (var key, null) => $"digest {key} is gone, which {Place.Key} follows",
        (var key, _) => string.Equals(previous.Hash, PreviousHash, StringComparison.OrdinalIgnoreCase) ? null : $"digest {key} is not the one that {Place.Key} follows",
    };

    private bool IsSigned(string? signature, byte[] publicKey)
    {
        var signed = $"{EndTime}\n{Place.Bucket}/{Place.Key}\n{Hash}\n{PreviousSignature ?? "null"}";
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportRSAPublicKey(publicKey, out _);
            return rsa.VerifyData(Encoding.UTF8.GetBytes(signed), Convert.FromHexString(signature ?? ""), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

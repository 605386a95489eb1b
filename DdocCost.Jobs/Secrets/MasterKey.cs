using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Secrets;

/// <summary>Seals the key ring with AES-256-GCM under a key that is not in the database.</summary>
internal sealed class MasterKey
{
    private const string Mark = "sealed:1:";
    private const int LeastLength = 32;
    private readonly byte[][] _keys;

    /// <summary>Reads the key from where the options say.</summary>
    /// <exception cref="OptionsValidationException">There is no such file, or a key is too short.</exception>
    public MasterKey(IOptions<SecretsOptions> options)
    {
        var lines = LinesOf(options.Value).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        if (lines.Any(line => line.Length < LeastLength))
        {
            throw Invalid($"Secrets: a master key needs at least {LeastLength} characters.");
        }

        _keys = [.. lines.Select(line => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(line), 32, info: "ddoc-cost key ring"u8.ToArray()))];
    }

    /// <summary>Whether there is a key at all.</summary>
    public bool Exists => _keys.Length > 0;

    /// <summary>Whether a text is sealed with the key that seals now.</summary>
    public bool IsCurrent(string text) => !Exists || (IsSealed(text) && TryOpen(_keys[0], text, out _));

    /// <summary>Seals a text; leaves it as it is where there is no master key.</summary>
    public string Seal(string text)
    {
        if (!Exists)
        {
            return text;
        }

        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[12 + 16 + plain.Length]; // nonce, tag, cipher text
        RandomNumberGenerator.Fill(box.AsSpan(0, 12));
        using var aes = new AesGcm(_keys[0], 16);
        aes.Encrypt(box.AsSpan(0, 12), plain, box.AsSpan(28), box.AsSpan(12, 16));
        return Mark + Convert.ToBase64String(box);
    }

    /// <summary>Opens a text; one that was never sealed is returned as it is.</summary>
    /// <exception cref="InvalidOperationException">None of the master keys opens it.</exception>
    public string Open(string text)
    {
        if (!IsSealed(text))
        {
            return text;
        }

        foreach (var key in _keys)
        {
            if (TryOpen(key, text, out var plain))
            {
                return plain;
            }
        }

        throw new InvalidOperationException(
            "The key ring in the database is sealed by another master key. Set Secrets:MasterKeyFile (or Secrets:MasterKey) to the one this installation was made with.");
    }

    private static bool IsSealed(string text) => text.StartsWith(Mark, StringComparison.Ordinal);

    private static bool TryOpen(byte[] key, string text, out string plain)
    {
        var box = Convert.FromBase64String(text[Mark.Length..]);
        var bytes = new byte[box.Length - 28];
        try
        {
            using var aes = new AesGcm(key, 16);
            aes.Decrypt(box.AsSpan(0, 12), box.AsSpan(28), box.AsSpan(12, 16), bytes);
            plain = Encoding.UTF8.GetString(bytes);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            plain = "";
            return false;
        }
    }

    private static IEnumerable<string> LinesOf(SecretsOptions options)
    {
        if (options.MasterKey is { Length: > 0 } key)
        {
            yield return key;
        }

        if (options.MasterKeyFile is not { Length: > 0 } file)
        {
            yield break;
        }

        var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        if (lines.All(string.IsNullOrWhiteSpace))
        {
            throw Invalid($"Secrets:MasterKeyFile: there is no key in '{file}'.");
        }

        foreach (var line in lines)
        {
            yield return line;
        }
    }

    private static OptionsValidationException Invalid(string problem) => new("Secrets", typeof(SecretsOptions), [problem]);
}

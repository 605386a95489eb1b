using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access;

/// <summary>Proves that whoever sets the instance up can read its console: nobody else on the network can take it first.</summary>
public sealed class SetupCode
{
    // No characters that are mistaken for one another when typed off a screen.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    private readonly byte[] _hash;

    /// <summary>Takes the configured code or makes one for this run of the process.</summary>
    public SetupCode(IOptions<AccessOptions> options)
    {
        Value = options.Value.SetupCode ?? RandomNumberGenerator.GetString(Alphabet, 24);
        _hash = Hash(Value);
    }

    /// <summary>The code; for the console only.</summary>
    public string Value { get; }

    /// <summary>Compares without telling by its duration how much was right.</summary>
    public bool Matches(string? given) => CryptographicOperations.FixedTimeEquals(_hash, Hash(given?.Trim() ?? ""));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

using System.Buffers.Text;
using System.Security.Cryptography;
using DdocCost.Domain.Storage;
using Marten;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace DdocCost.App.Access.Tokens;

/// <summary>The keys of the API's tokens, the same for all processes. A new one is made in time; older ones verify until what they signed has expired.</summary>
internal sealed class SigningKeys(IDocumentStore store, ISecretBox secrets, IOptions<AccessOptions> options, TimeProvider time) : IDisposable
{
    private const string Purpose = "api-signing-key";
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _reading = new(1);
    private (DateTimeOffset ReadAt, IReadOnlyList<SymmetricSecurityKey> Keys) _known = (DateTimeOffset.MinValue, []);

    /// <summary>Keys that verify, the one that signs first.</summary>
    public async Task<IReadOnlyList<SymmetricSecurityKey>> ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() - _known.ReadAt > Remembered)
            {
                _known = (time.GetUtcNow(), await RotatedAsync(cancellationToken));
            }

            return _known.Keys;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private async Task<IReadOnlyList<SymmetricSecurityKey>> RotatedAsync(CancellationToken cancellationToken)
    {
        var (now, life) = (time.GetUtcNow(), options.Value.SigningKeyLife);
        await using var session = store.LightweightSession();
        var keys = (await session.Query<SigningKey>().OrderByDescending(key => key.CreatedAt).ToListAsync(cancellationToken)).ToList();
        if (keys is not [var newest, ..] || now - newest.CreatedAt >= life)
        {
            // Two processes may do this at once; then two new keys verify, and the later one signs.
            var made = new SigningKey
            {
                Id = Guid.NewGuid().ToString("N")[..12], SealedKey = secrets.Protect(Purpose, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))), CreatedAt = now,
            };
            session.Insert(made);
            keys.Insert(0, made);
        }

        // A key's successor is older than any token that the key can have signed.
        foreach (var key in keys.Skip(1).Zip(keys).Where(pair => now - pair.Second.CreatedAt > 2 * options.Value.ApiSignInLife).Select(pair => pair.First).ToList())
        {
            session.Delete(key);
            keys.Remove(key);
        }

        await session.SaveChangesAsync(cancellationToken);
        // A new key signs once every process has read it.
        var signer = keys.FirstOrDefault(key => now - key.CreatedAt >= 2 * Remembered) ?? keys[^1];
        return [.. keys.OrderByDescending(key => key == signer).Select(key => new SymmetricSecurityKey(Base64Url.DecodeFromChars(secrets.Unprotect(Purpose, key.SealedKey))) { KeyId = key.Id })];
    }
}

namespace DdocCost.Domain.Storage;

/// <summary>
/// Seals what must not lie readable in the database: access keys, tokens, passwords of mail servers. Every process of an installation opens
/// what another sealed, also after restarts and restores.
/// </summary>
public interface ISecretBox
{
    /// <summary>Seals a secret.</summary>
    /// <param name="purpose">What it is for, such as <c>aws-access-key</c>: what was sealed for one purpose does not open for another.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>Text for a document; different each time.</returns>
    string Protect(string purpose, string secret);

    /// <summary>Opens it again.</summary>
    /// <param name="purpose">The purpose it was sealed for.</param>
    /// <param name="sealedSecret">What <see cref="Protect"/> returned.</param>
    /// <exception cref="SecretUnreadableException">It was not sealed here, or for another purpose, or was changed: the secret has to be entered again.</exception>
    string Unprotect(string purpose, string sealedSecret);
}

/// <summary>A sealed secret does not open.</summary>
public sealed class SecretUnreadableException(string purpose, Exception inner)
    : Exception($"A stored secret ({purpose}) cannot be opened with the keys of this installation; enter it again.", inner);

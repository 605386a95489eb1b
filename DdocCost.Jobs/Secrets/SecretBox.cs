using System.Security.Cryptography;
using DdocCost.Domain.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace DdocCost.Jobs.Secrets;

/// <summary>Secrets sealed with ASP.NET Core Data Protection.</summary>
internal sealed class SecretBox(IDataProtectionProvider protection) : ISecretBox
{
    /// <inheritdoc/>
    public string Protect(string purpose, string secret) => For(purpose).Protect(secret);

    /// <inheritdoc/>
    public string Unprotect(string purpose, string sealedSecret)
    {
        try
        {
            return For(purpose).Unprotect(sealedSecret);
        }
        catch (CryptographicException error)
        {
            throw new SecretUnreadableException(purpose, error);
        }
    }

    private IDataProtector For(string purpose) => protection.CreateProtector("ddoc.secrets", purpose);
}

using DdocCost.Domain.Storage;

namespace DdocCost.Tests.Aws;

/// <summary>Seals nothing: for tests of what secrets are used for.</summary>
internal sealed class PlainBox : ISecretBox
{
    public string Protect(string purpose, string secret) => secret;

    public string Unprotect(string purpose, string sealedSecret) => sealedSecret;
}

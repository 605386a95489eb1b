using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access.OpenId;

/// <summary>An OpenID Connect provider: authorisation code with PKCE.</summary>
internal sealed class OpenIdProvider(IOptions<OpenIdOptions> options) : IAuthProvider
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "openid";

    /// <inheritdoc />
    public string Id => Scheme;

    /// <inheritdoc />
    public string Title => options.Value.Title;

    /// <inheritdoc />
    public bool TakesPassword => false;

    /// <inheritdoc />
    public IResult Begin(string returnPath) => Results.Challenge(new AuthenticationProperties { RedirectUri = returnPath, IsPersistent = true }, [Scheme]);
}

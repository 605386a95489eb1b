namespace DdocCost.App.Access;

/// <summary>A way by which people prove who they are: a password kept here, or an OpenID provider. The sign-in page offers each that is configured.</summary>
public interface IAuthProvider
{
    /// <summary>Its place in addresses: <c>/sign-in/with/{id}</c>.</summary>
    string Id { get; }

    /// <summary>What people know it by.</summary>
    string Title { get; }

    /// <summary>Name and password are asked for on our own page.</summary>
    bool TakesPassword { get; }

    /// <summary>Begins: leads the browser to where the person proves it.</summary>
    /// <param name="returnPath">Where to go afterwards: a path of this site.</param>
    IResult Begin(string returnPath);
}

/// <summary>Passwords kept here: a cookie for pages, signed tokens for the API (<c>/api/v1/auth/token</c>).</summary>
internal sealed class LocalProvider : IAuthProvider
{
    /// <inheritdoc />
    public string Id => "local";

    /// <inheritdoc />
    public string Title => "name and password";

    /// <inheritdoc />
    public bool TakesPassword => true;

    /// <inheritdoc />
    public IResult Begin(string returnPath) => Results.LocalRedirect($"/sign-in?returnUrl={Uri.EscapeDataString(returnPath)}");
}

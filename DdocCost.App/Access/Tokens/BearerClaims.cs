using System.Security.Claims;

namespace DdocCost.App.Access.Tokens;

/// <summary>What the bearer of a token is to the rest of the product: the same claims as a person who signed in.</summary>
internal static class BearerClaims
{
    /// <summary>A person, or a token that acts for one: never more than the person may.</summary>
    public static ClaimsPrincipal Of(AppUser user, string name, AccessRole scope, IReadOnlyList<string>? accounts) =>
        Make(user.Id, name, user.TenantId, scope < user.Role ? scope : user.Role, Both(user.Accounts, accounts));

    /// <summary>A token that acts for nobody.</summary>
    public static ClaimsPrincipal Of(ApiToken token) => Make(token.Id, $"token {token.Name}", token.TenantId, token.Scope, token.Accounts);

    private static ClaimsPrincipal Make(Guid id, string name, string tenant, AccessRole role, IReadOnlyList<string>? accounts) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, id.ToString()), new(ClaimTypes.Name, name), .. Roles.ClaimsOf(tenant, role, accounts)], BearerHandler.Scheme));

    private static IReadOnlyList<string>? Both(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null ? one ?? other : [.. one.Intersect(other)];
}

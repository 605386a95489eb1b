using System.Security.Claims;

namespace DdocCost.App.Access.Tokens;

/// <summary>What the bearer of a token is to the rest of the product: the same claims as a person who signed in.</summary>
internal static class BearerClaims
{
    /// <summary>A person, or a token that acts for one: never more than the person may.</summary>
    public static ClaimsPrincipal Of(AppUser user, string name, AccessRole scope, IReadOnlyList<string>? accounts, string home) =>
        Make(user.Id, name, Roles.ClaimsOf(user.TenantId, scope < user.Role ? scope : user.Role, Both(user.Accounts, accounts), home));

    /// <summary>A token that acts for nobody.</summary>
    public static ClaimsPrincipal Of(ApiToken token, string home) => Make(token.Id, $"token {token.Name}", Roles.ClaimsOf(token.TenantId, token.Scope, token.Accounts, home));

    private static ClaimsPrincipal Make(Guid id, string name, IEnumerable<Claim> ours) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id.ToString()), new(ClaimTypes.Name, name), .. ours], BearerHandler.Scheme));

    private static IReadOnlyList<string>? Both(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null ? one ?? other : [.. one.Intersect(other)];
}

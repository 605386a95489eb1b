using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access;

/// <summary>What a cookie says of a person: id, name, security stamp (from Identity), tenant, role and accounts (ours).</summary>
internal sealed class AppClaims(UserManager<AppUser> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<AppUser>(users, options)
{
    /// <inheritdoc />
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaims(Roles.ClaimsOf(user.TenantId, user.Role, user.Accounts));
        return identity;
    }
}

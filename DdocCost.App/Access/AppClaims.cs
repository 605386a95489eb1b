using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access;

/// <summary>What a cookie says of a person: id, name, security stamp (from Identity), tenant, role, accounts and time zone (ours).</summary>
internal sealed class AppClaims(UserManager<AppUser> users, IOptions<IdentityOptions> options, IOptions<AccessOptions> access) : UserClaimsPrincipalFactory<AppUser>(users, options)
{
    /// <inheritdoc />
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaims(Roles.ClaimsOf(user.TenantId, user.Role, user.Accounts));
        if (user.Role == AccessRole.Administrator && user.TenantId == access.Value.Tenant)
        {
            identity.AddClaim(new Claim(Roles.OperatorClaim, "yes"));
        }

        if (user.TimeZone is { } zone)
        {
            identity.AddClaim(new Claim(Roles.ZoneClaim, zone));
        }

        return identity;
    }
}

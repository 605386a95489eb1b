using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access;

/// <summary>What a cookie says of a person: id, name, security stamp (from Identity), tenant, role, accounts, time zone and way of writing numbers (ours).</summary>
internal sealed class AppClaims(UserManager<AppUser> users, IOptions<IdentityOptions> options, IOptions<AccessOptions> access) : UserClaimsPrincipalFactory<AppUser>(users, options)
{
    /// <inheritdoc />
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaims(Roles.ClaimsOf(user.TenantId, user.Role, user.Accounts, access.Value.Tenant));
        if (user.TimeZone is { } zone)
        {
            identity.AddClaim(new Claim(Roles.ZoneClaim, zone));
        }

        if (user.Numbers is { } numbers)
        {
            identity.AddClaim(new Claim(Roles.NumbersClaim, numbers));
        }

        return identity;
    }
}

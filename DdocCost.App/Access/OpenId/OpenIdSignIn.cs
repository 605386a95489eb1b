using System.Security.Claims;
using DdocCost.Domain.Audit;
using Marten;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access.OpenId;

/// <summary>
/// Makes one of ours of a person whom the provider vouches for. Known again by the provider and its subject, never by a mail address, which anybody may be able
/// to claim there; so nobody takes over a local account.
/// </summary>
internal sealed class OpenIdSignIn(
    UserManager<AppUser> users, IUserClaimsPrincipalFactory<AppUser> claims, IDocumentStore store, IOptions<OpenIdOptions> options, IOptions<AccessOptions> access, TimeProvider time,
    ILogger<OpenIdSignIn> log)
{
    private const int LongestName = 200;

    /// <summary>The person with the role of their groups as they are now; or why not: <c>group</c> or <c>disabled</c>.</summary>
    public async Task<(ClaimsPrincipal? Person, string? Refusal)> TakeAsync(ClaimsPrincipal outside, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var subject = outside.FindFirstValue("sub") ?? throw new InvalidOperationException("The provider names no subject.");
        var name = NameOf(outside, subject);
        if (settings.RoleOf([.. outside.FindAll(settings.GroupClaim).Select(claim => claim.Value)]) is not { } role)
        {
            AccessLog.Refused(log, name, address: null, "in no group that is named");
            return (null, "group");
        }

        var id = $"{settings.Authority!.TrimEnd('/')} {subject}";
        await using var session = store.QuerySession();
        var user = await session.Query<AppUser>().FirstOrDefaultAsync(known => known.ExternalId == id, cancellationToken) ?? await CreateAsync(id, name, role, cancellationToken);
        if (user.DisabledAt is not null)
        {
            AccessLog.Refused(log, name, address: null, "disabled");
            return (null, "disabled");
        }

        await SetRoleAsync(user, role, cancellationToken);
        AccessLog.SignedIn(log, user.Name);
        return (await claims.CreateAsync(user), null);
    }

    private async Task<AppUser> CreateAsync(string id, string name, AccessRole role, CancellationToken cancellationToken)
    {
        var result = IdentityResult.Success;
        foreach (var free in new[] { name, $"{name} ({options.Value.Title})", $"{name} ({Guid.NewGuid().ToString("N")[..6]})" })
        {
            var user = new AppUser { Name = free, TenantId = options.Value.Tenant ?? access.Value.Tenant, Role = role, ExternalId = id, CreatedAt = time.GetUtcNow() };
            result = await users.CreateAsync(user);
            if (result.Succeeded)
            {
                await LogAsync(user, "user.join", user.Role.ToString().ToLowerInvariant(), cancellationToken);
                return user;
            }
        }

        throw new InvalidOperationException(string.Join(" ", result.Errors.Select(error => error.Description)));
    }

    /// <summary>Groups rule: what an administrator set here holds until the next sign-in. A restriction to accounts stays, but for administrators.</summary>
    private async Task SetRoleAsync(AppUser user, AccessRole role, CancellationToken cancellationToken)
    {
        if (user.Role == role)
        {
            return;
        }

        var before = user.Role;
        (user.Role, user.Accounts) = (role, role == AccessRole.Administrator ? null : user.Accounts);
        await users.UpdateSecurityStampAsync(user); // saves, and ends the sessions with the former role
        await LogAsync(user, "user.rights", $"{before.ToString().ToLowerInvariant()} → {role.ToString().ToLowerInvariant()}, by their groups", cancellationToken);
    }

    private async Task LogAsync(AppUser user, string action, string detail, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(user.TenantId);
        session.Insert(AuditEntry.Of(time.GetUtcNow(), options.Value.Title, Mouth.Page, action, $"user/{user.Id}", $"{user.Name}: {detail}"));
        await session.SaveChangesAsync(cancellationToken);
    }

    private static string NameOf(ClaimsPrincipal outside, string subject)
    {
        var name = outside.FindFirstValue("email") ?? outside.FindFirstValue("preferred_username") ?? outside.FindFirstValue("name") ?? subject;
        var plain = string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        return plain.Length > LongestName ? plain[..LongestName] : plain;
    }
}

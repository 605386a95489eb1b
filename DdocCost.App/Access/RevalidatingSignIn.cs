using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access;

/// <summary>Ends an open page within minutes after the person's password or role changed: a circuit outlives its cookie's checks.</summary>
internal sealed class RevalidatingSignIn(ILoggerFactory logs, IServiceScopeFactory scopes, IOptions<IdentityOptions> identity) : RevalidatingServerAuthenticationStateProvider(logs)
{
    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = await users.GetUserAsync(authenticationState.User);
        return user is not null && user.SecurityStamp == authenticationState.User.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
    }
}

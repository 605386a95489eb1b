using System.Security.Claims;
using DdocCost.App.Access.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace DdocCost.App.Access;

/// <summary>Ends an open page within a minute after its session was ended or the person's rights changed: a circuit outlives its cookie's checks.</summary>
internal sealed class RevalidatingSignIn(ILoggerFactory logs, SessionStore sessions) : RevalidatingServerAuthenticationStateProvider(logs)
{
    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => AccessSetup.RightsChecked;

    /// <inheritdoc />
    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        sessions.GoesOnAsync(authenticationState.User.FindFirstValue(SessionStore.SessionClaim), cancellationToken);
}

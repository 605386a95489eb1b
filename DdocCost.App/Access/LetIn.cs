using System.Security.Claims;
using DdocCost.App.Access.Sessions;
using DdocCost.App.Access.Tokens;
using Microsoft.Net.Http.Headers;

namespace DdocCost.App.Access;

/// <summary>Whether somebody who was let in may go on: live streams outlast a token that was revoked, and rights that were changed.</summary>
internal sealed class LetIn(BearerTokens bearers, SessionStore sessions)
{
    /// <summary>How often a stream asks.</summary>
    public static readonly TimeSpan Checked = TimeSpan.FromSeconds(15);

    /// <summary>Asks by what came with the request that began the stream.</summary>
    /// <returns>false where it would no longer be let in, or with other rights.</returns>
    public async Task<bool> GoesOnAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.User.FindFirstValue(SessionStore.SessionClaim) is { } session)
        {
            return await sessions.GoesOnAsync(session, cancellationToken);
        }

        var now = await bearers.OpenAsync(http.Request.Headers[HeaderNames.Authorization].ToString(), cancellationToken);
        return now is not null && Rights(now).SequenceEqual(Rights(http.User));
    }

    private static IEnumerable<string?> Rights(ClaimsPrincipal user) =>
        ((string[])[Roles.TenantClaim, ClaimTypes.Role, Roles.AccountsClaim, Roles.OperatorClaim]).Select(user.FindFirstValue);
}

using System.Security.Claims;
using DdocCost.App.Access;
using DdocCost.App.Access.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Api;

/// <summary>The people of a tenant, for administrators: by the desk that the page uses, which looks up anew who asks.</summary>
internal static class PeopleApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("People").RequireAuthorization(Roles.ApiAdminPolicy);
        users.MapGet("", ListAsync).WithSummary("The people of the tenant, by name.").Produces<IReadOnlyList<UserItem>>();
        users.MapGet("/{id:guid}", FindAsync).WithSummary("One person.").Produces<UserItem>();
        users.MapPost("", InviteAsync).WithSummary("Invites somebody: answers a one-time link, which is mailed too where there is a mail channel.").Produces<GivenLink>();
        users.MapPut("/{id:guid}/rights", SetRightsAsync).WithSummary("Sets role and accounts; ends the person's sessions.").Produces<UserItem>();
        users.MapPut("/{id:guid}/disabled", SetDisabledAsync).WithSummary("Shuts somebody out, or lets them in again.").Produces<UserItem>();
        users.MapPost("/{id:guid}/link", LinkAsync).WithSummary("Makes a one-time link to choose a password; ends the person's sessions and earlier links.").Produces<GivenLink>();
        users.MapDelete("/{id:guid}/lockout", UnlockAsync).WithSummary("Ends a lock-out before its time.");
        users.MapDelete("/{id:guid}/two-factor", RemoveTwoFactorAsync).WithSummary("Takes the second factor away from somebody who lost it.");
        users.MapDelete("/{id:guid}/sessions", EndSessionsAsync).WithSummary("Signs somebody out everywhere.");
    }

    private static async Task<object> ListAsync(PeopleReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        var view = await reader.ReadAsync(caller.Tenant, cancellationToken);
        return view.People.Select(user => UserItem.Of(user, view)).ToList();
    }

    private static async Task<object> FindAsync(Guid id, PeopleReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        var view = await reader.ReadAsync(caller.Tenant, cancellationToken);
        return UserItem.Of(view.People.FirstOrDefault(user => user.Id == id) ?? throw ApiException.NotFound("person"), view);
    }

    private static async Task<object> InviteAsync(InviteBody body, Invitations invitations, HttpContext http, CancellationToken cancellationToken)
    {
        var (link, problem) = await invitations.InviteAsync(http.User, body.Name, body.Role, body.Accounts, HomeOf(http), cancellationToken);
        return link ?? throw Refusal(problem);
    }

    private static async Task<object> SetRightsAsync(
        Guid id, RightsBody body, PeopleDesk desk, PeopleReader reader, HttpContext http, ApiCaller caller, CancellationToken cancellationToken)
    {
        Held(await desk.SetRightsAsync(http.User, id, body.Role, body.Accounts, cancellationToken));
        return await FindAsync(id, reader, caller, cancellationToken);
    }

    private static async Task<object> SetDisabledAsync(
        Guid id, DisabledBody body, PeopleDesk desk, PeopleReader reader, HttpContext http, ApiCaller caller, CancellationToken cancellationToken)
    {
        Held(await desk.SetDisabledAsync(http.User, id, body.IsDisabled, cancellationToken));
        return await FindAsync(id, reader, caller, cancellationToken);
    }

    private static async Task<object> LinkAsync(Guid id, Invitations invitations, PeopleReader reader, HttpContext http, ApiCaller caller, CancellationToken cancellationToken)
    {
        var user = (UserItem)await FindAsync(id, reader, caller, cancellationToken);
        if (user.IsExternal)
        {
            throw ApiException.Conflict("People of an OpenID provider have no password here.");
        }

        var (link, problem) = await invitations.ResetAsync(http.User, id, user.Name, HomeOf(http), cancellationToken);
        return link ?? throw Refusal(problem);
    }

    private static Task<NoContent> UnlockAsync(Guid id, PeopleDesk desk, HttpContext http, CancellationToken cancellationToken) => DoneAsync(desk.UnlockAsync(http.User, id, cancellationToken));

    private static Task<NoContent> RemoveTwoFactorAsync(Guid id, PeopleDesk desk, HttpContext http, CancellationToken cancellationToken) =>
        DoneAsync(desk.RemoveTwoFactorAsync(http.User, id, cancellationToken));

    private static Task<NoContent> EndSessionsAsync(Guid id, PeopleDesk desk, HttpContext http, CancellationToken cancellationToken) =>
        DoneAsync(desk.EndSessionsAsync(http.User, id, cancellationToken));

    private static async Task<NoContent> DoneAsync(Task<string?> change)
    {
        Held(await change);
        return TypedResults.NoContent();
    }

    private static void Held(string? problem)
    {
        if (problem is not null)
        {
            throw Refusal(problem);
        }
    }

    private static ApiException Refusal(string? problem) => problem switch
    {
        PeopleDesk.NotYours => new ApiException(StatusCodes.Status403Forbidden, "Not for you", problem),
        PeopleDesk.Gone => ApiException.NotFound("person"),
        _ => ApiException.Refused([problem ?? "That was refused."]),
    };

    private static string HomeOf(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}";
}

/// <summary>A person.</summary>
/// <param name="Id">Stays the same.</param>
/// <param name="Name">To sign in with.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Accounts">The only AWS accounts they see; null for all.</param>
/// <param name="IsExternal">Signs in at an OpenID provider.</param>
/// <param name="IsInvited">Has not taken the invitation yet.</param>
/// <param name="TwoFactor">A code is asked for beside the password.</param>
/// <param name="DisabledAt">Shut out since then, or null.</param>
/// <param name="LockedUntil">Locked after wrong passwords until then, or null.</param>
/// <param name="CreatedAt">Made then.</param>
/// <param name="SignedInAt">Last sign-in, or null.</param>
/// <param name="Sessions">Browsers that are signed in.</param>
internal sealed record UserItem(
    Guid Id, string Name, AccessRole Role, IReadOnlyList<string>? Accounts, bool IsExternal, bool IsInvited, bool TwoFactor, DateTimeOffset? DisabledAt, DateTimeOffset? LockedUntil,
    DateTimeOffset CreatedAt, DateTimeOffset? SignedInAt, int Sessions)
{
    /// <summary>From what the page shows.</summary>
    public static UserItem Of(AppUser user, PeopleView view) => new(
        user.Id, user.Name, user.Role, user.Accounts, user.ExternalId is not null, user.PasswordHash is null && user.ExternalId is null, user.TwoFactor, user.DisabledAt,
        user.LockoutEnd > view.Now ? user.LockoutEnd : null, user.CreatedAt, user.SignedInAt, view.Sessions[user.Id].Count());
}

/// <summary>Somebody to invite.</summary>
/// <param name="Name">Mail address, or another name.</param>
/// <param name="Role">viewer, responder or administrator.</param>
/// <param name="Accounts">The only AWS accounts they see; left out for all.</param>
internal sealed record InviteBody(string Name, AccessRole Role, IReadOnlyList<string>? Accounts = null);

/// <summary>What somebody may do and see.</summary>
/// <param name="Role">viewer, responder or administrator.</param>
/// <param name="Accounts">The only AWS accounts they see; left out for all.</param>
internal sealed record RightsBody(AccessRole Role, IReadOnlyList<string>? Accounts = null);

/// <summary>Whether somebody is shut out.</summary>
/// <param name="IsDisabled">What is to hold.</param>
internal sealed record DisabledBody(bool IsDisabled);

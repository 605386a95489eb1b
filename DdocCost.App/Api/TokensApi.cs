using DdocCost.App.Access;
using DdocCost.App.Access.Tokens;
using DdocCost.Domain.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace DdocCost.App.Api;

/// <summary>Tokens of a tenant, for administrators. A token makes none that may do more than itself: only those with scope admin make any.</summary>
internal static class TokensApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("People").RequireAuthorization(Roles.ApiAdminPolicy);
        tokens.MapGet("", ListAsync).WithSummary("Tokens of the tenant that were not revoked, the newest first. Secrets are never shown.").Produces<IReadOnlyList<TokenItem>>();
        tokens.MapPost("", CreateAsync).WithSummary("Makes a token; its secret is in this answer only.").Produces<MadeToken>();
        tokens.MapDelete("/{id:guid}", RevokeAsync).WithSummary("Revokes a token at once.");
    }

    private static async Task<object> ListAsync(ApiTokens tokens, ApiCaller caller, CancellationToken cancellationToken) =>
        (await tokens.ListAsync(caller.Tenant, ownerId: null, cancellationToken)).Select(TokenItem.Of).ToList();

    private static async Task<object> CreateAsync(TokenBody body, ApiTokens tokens, UserManager<AppUser> users, HttpContext http, CancellationToken cancellationToken)
    {
        if (!TokenScope.TryParse(body.Scope, out var scope))
        {
            throw ApiException.Invalid("scope", "It is read, triage or admin.");
        }

        if (body.Days is < 1 or > 366)
        {
            throw ApiException.Invalid("days", "From 1 to 366.");
        }

        var (secret, problem) = await tokens.CreateAsync(
            await MakerAsync(users, http), body.Name, scope, TimeSpan.FromDays(body.Days), body.Accounts, body.IsService, Mouth.Api, cancellationToken);
        return secret is null ? throw ApiException.Refused([problem!]) : new MadeToken(secret);
    }

    private static async Task<NoContent> RevokeAsync(Guid id, ApiTokens tokens, UserManager<AppUser> users, HttpContext http, CancellationToken cancellationToken) =>
        await tokens.RevokeAsync(await MakerAsync(users, http), id, Mouth.Api, cancellationToken) ? TypedResults.NoContent() : throw ApiException.NotFound("token");

    private static async Task<AppUser> MakerAsync(UserManager<AppUser> users, HttpContext http) =>
        await users.GetUserAsync(http.User) is { DisabledAt: null, Role: AccessRole.Administrator } user
            ? user
            : throw new ApiException(StatusCodes.Status403Forbidden, "Not for you", "Tokens are made and revoked by tokens that act for an administrator; a service token acts for nobody.");
}

/// <summary>A token.</summary>
/// <param name="Id">Stays the same.</param>
/// <param name="Name">What it is for.</param>
/// <param name="OwnerId">Whom it acts for; null for a service token.</param>
/// <param name="Scope">read, triage or admin.</param>
/// <param name="Accounts">The only AWS accounts it sees; null for all that its owner sees.</param>
/// <param name="Hint">Its first characters.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">Good until then.</param>
/// <param name="UsedAt">Last use to the minute, or null.</param>
internal sealed record TokenItem(
    Guid Id, string Name, Guid? OwnerId, string Scope, IReadOnlyList<string>? Accounts, string Hint, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt)
{
    /// <summary>From the document.</summary>
    public static TokenItem Of(ApiToken token) => new(
        token.Id, token.Name, token.OwnerId, TokenScope.NameOf(token.Scope), token.Accounts, token.Hint, token.CreatedBy, token.CreatedAt, token.ExpiresAt, token.UsedAt);
}

/// <summary>A token to make.</summary>
/// <param name="Name">What it is for; 1 to 80 characters.</param>
/// <param name="Scope">read, triage or admin.</param>
/// <param name="Days">How long it is good, 1 to 366 days; 90 where left out.</param>
/// <param name="Accounts">The only AWS accounts it sees; left out for all.</param>
/// <param name="IsService">It acts for nobody and outlives its maker.</param>
internal sealed record TokenBody(string Name, string Scope, int Days = 90, IReadOnlyList<string>? Accounts = null, bool IsService = false);

/// <summary>A token that was made.</summary>
/// <param name="Secret">Goes behind <c>Authorization: Bearer</c>; not shown again.</param>
internal sealed record MadeToken(string Secret);

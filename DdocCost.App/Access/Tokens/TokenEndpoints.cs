using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access.Tokens;

/// <summary>How a program of a person gets short-lived tokens with name and password: <c>/api/v1/auth</c>.</summary>
internal static class TokenEndpoints
{
    private const int LongestBody = 16 * 1024;

    /// <summary>Maps them; open to all, limited per address as the sign-in page is.</summary>
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/auth").AllowAnonymous().RequireRateLimiting(AccessSetup.AttemptLimit).DisableAntiforgery()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LongestBody)).WithTags("Sign-in");
        group.MapPost("/token", SignInAsync).WithName("SignIn").WithSummary("Name and password, and a code where two-factor is on, for a short-lived token and a refresh token.");
        group.MapPost("/refresh", RefreshAsync).WithName("Refresh").WithSummary("A refresh token, good once, for the next pair.");
        group.MapPost("/revoke", RevokeAsync).WithName("Revoke").WithSummary("Ends a refresh token and all that descend from the same sign-in.");
    }

    private static async Task<Results<Ok<TokenPair>, ProblemHttpResult>> SignInAsync(
        TokenRequest request, PasswordCheck check, SignedTokens signed, RefreshTokens refresh, IOptions<AccessOptions> options, HttpContext http)
    {
        if (!TokenScope.TryParse(request.Scope ?? TokenScope.NameOf(AccessRole.Viewer), out var scope))
        {
            return TypedResults.Problem("scope is read, triage or admin.", statusCode: StatusCodes.Status400BadRequest, title: "Unknown scope");
        }

        if (await check.RunAsync(request.Name ?? "", request.Password ?? "", request.Code, http.Connection.RemoteIpAddress?.ToString()) is not { } user)
        {
            return TypedResults.Problem(PasswordCheck.Refusal, statusCode: StatusCodes.Status401Unauthorized, title: "Not signed in");
        }

        return await PairAsync(http, user, scope, await refresh.BeginAsync(user, scope, http.RequestAborted), signed, options);
    }

    private static async Task<Results<Ok<TokenPair>, ProblemHttpResult>> RefreshAsync(
        RefreshRequest request, SignedTokens signed, RefreshTokens refresh, IOptions<AccessOptions> options, HttpContext http) =>
        await refresh.TradeAsync(request.RefreshToken ?? "", http.RequestAborted) is { } trade
            ? await PairAsync(http, trade.User, trade.Scope, trade.Next, signed, options)
            : TypedResults.Problem("The refresh token is unknown, used, or ended. Sign in again.", statusCode: StatusCodes.Status401Unauthorized, title: "Not signed in");

    private static async Task<NoContent> RevokeAsync(RefreshRequest request, RefreshTokens refresh, HttpContext http)
    {
        await refresh.EndAsync(request.RefreshToken ?? "", http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<TokenPair>> PairAsync(HttpContext http, AppUser user, AccessRole scope, string next, SignedTokens signed, IOptions<AccessOptions> options)
    {
        http.Response.Headers.CacheControl = "no-store"; // RFC 6749, 5.1
        return TypedResults.Ok(new TokenPair(
            await signed.IssueAsync(user, scope, http.RequestAborted), "Bearer", (int)options.Value.ApiSignInLife.TotalSeconds, TokenScope.NameOf(scope < user.Role ? scope : user.Role), next));
    }
}

/// <summary>A sign-in.</summary>
/// <param name="Name">As on the sign-in page.</param>
/// <param name="Password">The password.</param>
/// <param name="Code">Of the authenticator app or a recovery code, where two-factor is on.</param>
/// <param name="Scope"><c>read</c> (default), <c>triage</c> or <c>admin</c>; never more than the person may.</param>
internal sealed record TokenRequest(string? Name, string? Password, string? Code, [property: Description("read (default), triage or admin")] string? Scope);

/// <summary>A refresh token.</summary>
/// <param name="RefreshToken">As it was given.</param>
internal sealed record RefreshRequest(string? RefreshToken);

/// <summary>What a program works with.</summary>
/// <param name="AccessToken">For <c>Authorization: Bearer</c>.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="RefreshToken">For the next pair; good once.</param>
internal sealed record TokenPair(string AccessToken, string TokenType, int ExpiresIn, string Scope, string RefreshToken);

using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DdocCost.App.Access.Tokens;

/// <summary>Knows programs by <c>Authorization: Bearer</c>.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, BearerTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public new const string Scheme = "Bearer";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !BearerTokens.IsBearer(header))
        {
            return AuthenticateResult.NoResult();
        }

        return await tokens.OpenAsync(header, Context.RequestAborted) is { } bearer
            ? AuthenticateResult.Success(new AuthenticationTicket(bearer, Scheme))
            : AuthenticateResult.Fail("The token is unknown, expired or revoked.");
    }

    /// <inheritdoc />
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // RFC 6750, 3: no error code where no token was sent.
        var refused = (await HandleAuthenticateOnceSafeAsync()).Failure;
        Response.Headers[HeaderNames.WWWAuthenticate] = refused is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        await TypedResults.Problem(
            refused?.Message ?? "Send a token: Authorization: Bearer …", statusCode: StatusCodes.Status401Unauthorized, title: "Not signed in").ExecuteAsync(Context);
    }

    /// <inheritdoc />
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer error=\"insufficient_scope\"";
        return TypedResults.Problem("The token's scope or its owner's role does not allow this.", statusCode: StatusCodes.Status403Forbidden, title: "Not allowed").ExecuteAsync(Context);
    }
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DdocCost.App.Access.Tokens;

/// <summary>
/// The short-lived tokens of the API: JSON Web Tokens, HS256. They name the person, the scope and the security stamp; what the person may do is read from
/// the store with each request, so a role taken away is gone at once.
/// </summary>
internal sealed class SignedTokens(SigningKeys keys, IServiceScopeFactory scopes, IOptions<AccessOptions> options, TimeProvider time)
{
    private const string Issuer = "ddoc-cost";
    private const string Audience = "ddoc-cost-api";
    private const string Type = "at+jwt"; // RFC 9068: no other kind of token passes for one
    private const string ScopeClaim = "scope";
    private const string StampClaim = "stamp";
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };

    /// <summary>Signs one.</summary>
    public async Task<string> IssueAsync(AppUser user, AccessRole scope, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            TokenType = Type,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + options.Value.ApiSignInLife,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = user.Id.ToString(), [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
                [ScopeClaim] = TokenScope.NameOf(scope), [StampClaim] = user.SecurityStamp,
            },
            SigningCredentials = new SigningCredentials((await keys.ReadAsync(cancellationToken))[0], SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>Who bears it; null where it is forged, of another algorithm or kind, expired, or older than the person's latest change of rights.</summary>
    public async Task<ClaimsPrincipal?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = Issuer, ValidAudience = Audience, ValidTypes = [Type], ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = await keys.ReadAsync(cancellationToken), RequireSignedTokens = true, RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) => from <= (time.GetUtcNow() + Skew).UtcDateTime && until > (time.GetUtcNow() - Skew).UtcDateTime,
        };
        var result = await Handler.ValidateTokenAsync(token, parameters);
        if (!result.IsValid || !TokenScope.TryParse(Text(result, ScopeClaim), out var scope))
        {
            return null;
        }

        await using var services = scopes.CreateAsyncScope();
        var users = services.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        return await users.FindByIdAsync(Text(result, JwtRegisteredClaimNames.Sub)) is { DisabledAt: null } user && user.SecurityStamp == Text(result, StampClaim)
            ? BearerClaims.Of(user, user.Name, scope, user.Accounts, options.Value.Tenant)
            : null;
    }

    private static string Text(TokenValidationResult result, string claim) =>
        result.Claims.TryGetValue(claim, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "" : "";
}

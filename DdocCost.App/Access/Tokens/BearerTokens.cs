using System.Security.Claims;

namespace DdocCost.App.Access.Tokens;

/// <summary>Opens what programs send as <c>Authorization: Bearer …</c>: an API token (<c>ddoc_…</c>) or a short-lived signed one.</summary>
internal sealed class BearerTokens(ApiTokens tokens, SignedTokens signed)
{
    private const string Prefix = "Bearer ";
    private const int Longest = 4096;

    /// <summary>Whether a header claims to be one of ours to open.</summary>
    public static bool IsBearer(string header) => header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Who bears it; null where it is empty, too long, unknown, expired or revoked.</summary>
    public async Task<ClaimsPrincipal?> OpenAsync(string header, CancellationToken cancellationToken)
    {
        var token = IsBearer(header) ? header[Prefix.Length..].Trim() : "";
        return token.Length is 0 or > Longest ? null
            : token.StartsWith(TokenSecret.ApiPrefix, StringComparison.Ordinal) ? await tokens.OpenAsync(token, cancellationToken)
            : await signed.OpenAsync(token, cancellationToken);
    }
}

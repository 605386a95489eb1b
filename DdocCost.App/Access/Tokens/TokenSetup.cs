using Microsoft.AspNetCore.Authentication;

namespace DdocCost.App.Access.Tokens;

/// <summary>How programs get in.</summary>
internal static class TokenSetup
{
    /// <summary>Adds the bearer scheme and what it needs.</summary>
    public static void AddTokens(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Scheme, configureOptions: null);
        services.AddSingleton<SigningKeys>().AddSingleton<SignedTokens>().AddSingleton<RefreshTokens>().AddSingleton<ApiTokens>().AddSingleton<BearerTokens>().AddScoped<PasswordCheck>();
    }
}

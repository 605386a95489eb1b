using DdocCost.App.Access.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace DdocCost.App.Access;

/// <summary>What each policy asks for: the one place that says it. A page, endpoint or hub that names none needs a person who is signed in.</summary>
internal static class Policies
{
    private static readonly string Administrator = nameof(AccessRole.Administrator);
    private static readonly string[] Responders = [nameof(AccessRole.Responder), Administrator];

    /// <summary>Adds them.</summary>
    public static void AddPolicies(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Roles.ResponderPolicy, policy => policy.RequireRole(Responders))
            .AddPolicy(Roles.AdministratorPolicy, policy => policy.RequireRole(Administrator))
            .AddPolicy(Roles.OperatorPolicy, policy => policy.RequireClaim(Roles.OperatorClaim, "yes"))
            .AddPolicy(Roles.AnyonePolicy, policy => policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme, BearerHandler.Scheme).RequireAuthenticatedUser())
            .AddPolicy(Roles.ApiReadPolicy, policy => policy.AddAuthenticationSchemes(BearerHandler.Scheme).RequireAuthenticatedUser())
            .AddPolicy(Roles.ApiTriagePolicy, policy => policy.AddAuthenticationSchemes(BearerHandler.Scheme).RequireRole(Responders))
            .AddPolicy(Roles.ApiOperatorPolicy, policy => policy.AddAuthenticationSchemes(BearerHandler.Scheme).RequireClaim(Roles.OperatorClaim, "yes"))
            .AddPolicy(Roles.ApiAdminPolicy, policy => policy.AddAuthenticationSchemes(BearerHandler.Scheme).RequireRole(Administrator));
    }
}

using DdocCost.App.Access.Tokens;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace DdocCost.App.Access;

/// <summary>What of access is no page.</summary>
internal static class AccessEndpoints
{
    /// <summary>Maps sign-out, sign-in at a provider, and the tokens of programs.</summary>
    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-out", SignOutAsync);
        routes.MapGet("/sign-in/with/{provider}", Begin).AllowAnonymous();
        routes.MapTokens();
    }

    private static IResult Begin(string provider, string? returnUrl, IEnumerable<IAuthProvider> providers) =>
        providers.FirstOrDefault(known => known.Id == provider)?.Begin(LocalAddress.OrOverview(returnUrl)) ?? TypedResults.NotFound();

    private static async Task<Results<RedirectHttpResult, BadRequest>> SignOutAsync(HttpContext http, IAntiforgery antiforgery, SignInManager<AppUser> signIn)
    {
        // Without this check another site could sign people out.
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        await signIn.SignOutAsync();
        return TypedResults.Redirect("/sign-in");
    }
}

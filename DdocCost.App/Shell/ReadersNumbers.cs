using System.Security.Claims;
using DdocCost.App.Access;
using DdocCost.App.Api;
using DdocCost.Domain.Wording;

namespace DdocCost.App.Shell;

/// <summary>
/// Writes numbers on pages as the person who looks wants them. What a browser asks for, its circuit included, flows from a request; what follows from elsewhere,
/// a live update, has to say so itself (<see cref="LivePage{TData}"/>). The API, exports and messages write numbers one way.
/// </summary>
internal static class ReadersNumbers
{
    /// <summary>Behind authentication.</summary>
    public static void UseReadersNumbers(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!ApiSetup.IsApi(http))
        {
            Use(http.User);
        }

        return next(http);
    });

    /// <summary>From here on, in the same flow of calls.</summary>
    public static void Use(ClaimsPrincipal user) => NumberStyle.Use(user.FindFirstValue(Roles.NumbersClaim));
}

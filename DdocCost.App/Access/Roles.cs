using System.Security.Claims;

namespace DdocCost.App.Access;

/// <summary>Names of policies and claims, and what a signed-in person is.</summary>
internal static class Roles
{
    /// <summary>Policy: administrators only.</summary>
    public const string AdministratorPolicy = "administrator";

    /// <summary>Policy: responders and administrators.</summary>
    public const string ResponderPolicy = "responder";

    /// <summary>Claim with the tenant whose data the person sees.</summary>
    public const string TenantClaim = "tenant";

    /// <summary>The role for a person to read, in lower case; empty where there is none.</summary>
    public static string Of(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Role)?.ToLowerInvariant() ?? "";

    /// <summary>The tenant whose data the person sees.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in, or the claim is missing.</exception>
    public static string TenantOf(ClaimsPrincipal user) =>
        user.FindFirstValue(TenantClaim) is { Length: > 0 } tenant ? tenant : throw new InvalidOperationException("The signed-in person belongs to no tenant.");

    /// <summary>Whether the person may acknowledge and write notes.</summary>
    public static bool MayRespond(ClaimsPrincipal user) => user.IsInRole(nameof(AccessRole.Responder)) || user.IsInRole(nameof(AccessRole.Administrator));

    /// <summary>Whether the person may change settings.</summary>
    public static bool MayAdminister(ClaimsPrincipal user) => user.IsInRole(nameof(AccessRole.Administrator));
}

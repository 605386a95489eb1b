using System.Security.Claims;
using DdocCost.App.Access.Tokens;
using DdocCost.Domain.Audit;

namespace DdocCost.App.Access;

/// <summary>
/// Names of policies and claims, and what a signed-in person is. Which page, endpoint and hub needs which policy stands at each of them; all of them
/// together, with who gets what, are in <c>docs/access-matrix.txt</c>, which a test compares with what the routes answer.
/// </summary>
internal static class Roles
{
    /// <summary>Policy for pages: administrators only.</summary>
    public const string AdministratorPolicy = "administrator";

    /// <summary>Policy for pages: responders and administrators.</summary>
    public const string ResponderPolicy = "responder";

    /// <summary>Policy for what concerns all tenants: administrators of the installation's own tenant (<c>Access:Tenant</c>).</summary>
    public const string OperatorPolicy = "operator";

    /// <summary>Policy for the API: any token. No cookie is taken, so no other site can act through a person's browser.</summary>
    public const string ApiReadPolicy = "api:read";

    /// <summary>Policy for the API: tokens that may decide on cases.</summary>
    public const string ApiTriagePolicy = "api:triage";

    /// <summary>Policy for the API: tokens that may change settings.</summary>
    public const string ApiAdminPolicy = "api:admin";

    /// <summary>Policy for the API: tokens of administrators of the installation's own tenant that see all accounts.</summary>
    public const string ApiOperatorPolicy = "api:operator";

    /// <summary>Policy for what people and programs both use, such as live updates: a cookie or a token.</summary>
    public const string AnyonePolicy = "anyone";

    /// <summary>Claim with the tenant whose data the person sees.</summary>
    public const string TenantClaim = "tenant";

    /// <summary>Claim with the accounts that the person sees: ids between blanks, or <see cref="AllAccounts"/>.</summary>
    public const string AccountsClaim = "accounts";

    /// <summary>Claim of an administrator of the installation's own tenant.</summary>
    public const string OperatorClaim = "operator";

    /// <summary>Claim with the time zone in which the person sees times; absent for the browser's.</summary>
    public const string ZoneClaim = "zone";

    /// <summary>Claim with the way in which the person sees numbers; absent for the usual one.</summary>
    public const string NumbersClaim = "numbers";

    private const string AllAccounts = "*";

    /// <summary>The claims of ours, of a person or a token: the one place that says who operates the installation.</summary>
    /// <param name="tenantId">Whose data is seen.</param>
    /// <param name="role">What may be done.</param>
    /// <param name="accounts">The only accounts; null for all.</param>
    /// <param name="home">The installation's own tenant: its administrators, who see all accounts, look after the installation.</param>
    public static IEnumerable<Claim> ClaimsOf(string tenantId, AccessRole role, IReadOnlyList<string>? accounts, string home)
    {
        yield return new(TenantClaim, tenantId);
        yield return new(ClaimTypes.Role, role.ToString());
        yield return new(AccountsClaim, accounts is null ? AllAccounts : string.Join(' ', accounts));
        if (role == AccessRole.Administrator && tenantId == home && accounts is null)
        {
            yield return new(OperatorClaim, "yes");
        }
    }

    /// <summary>The role for a person to read, in lower case; empty where there is none.</summary>
    public static string Of(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Role)?.ToLowerInvariant() ?? "";

    /// <summary>The tenant whose data the person sees.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in, or the claim is missing.</exception>
    public static string TenantOf(ClaimsPrincipal user) =>
        user.FindFirstValue(TenantClaim) is { Length: > 0 } tenant ? tenant : throw new InvalidOperationException("The signed-in person belongs to no tenant.");

    /// <summary>What the person sees: the tenant's data, all accounts or some. Without the claim of accounts: nothing of any account.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in, or the claim of the tenant is missing.</exception>
    public static Sight SightOf(ClaimsPrincipal user) => user.FindFirstValue(AccountsClaim) switch
    {
        AllAccounts => Sight.OfAll(TenantOf(user)),
        var ids => new Sight(TenantOf(user), (ids ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    };

    /// <summary>Who speaks, for the audit log: a person at a page, or a program with a token.</summary>
    public static Speaker SpeakerOf(ClaimsPrincipal user) =>
        new(user.Identity?.Name ?? "unknown", user.Identity?.AuthenticationType == BearerHandler.Scheme ? Mouth.Api : Mouth.Page);

    /// <summary>Whether the person may acknowledge and write notes.</summary>
    public static bool MayRespond(ClaimsPrincipal user) => user.IsInRole(nameof(AccessRole.Responder)) || user.IsInRole(nameof(AccessRole.Administrator));

    /// <summary>Whether the person looks after the installation as a whole.</summary>
    public static bool MayOperate(ClaimsPrincipal user) => user.HasClaim(OperatorClaim, "yes");

    /// <summary>Whether the person may change settings.</summary>
    public static bool MayAdminister(ClaimsPrincipal user) => user.IsInRole(nameof(AccessRole.Administrator));
}

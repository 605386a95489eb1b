using DdocCost.App.Access;
using DdocCost.Domain.Audit;

namespace DdocCost.App.Api;

/// <summary>Who asks, and for whose data.</summary>
/// <param name="Tenant">Whose data.</param>
/// <param name="Name">For the audit log.</param>
internal sealed record ApiCaller(string Tenant, string Name)
{
    /// <summary>For the desks.</summary>
    public Speaker Speaker => new(Name, Mouth.Api);

    /// <summary>Bound by the framework as a parameter of handlers.</summary>
    public static ValueTask<ApiCaller> BindAsync(HttpContext http) => new(new ApiCaller(Roles.TenantOf(http.User), http.User.Identity?.Name ?? "unknown"));
}

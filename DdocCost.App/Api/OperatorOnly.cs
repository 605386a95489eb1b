using DdocCost.App.Access;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Api;

/// <summary>What concerns all tenants is for administrators of the installation's own tenant.</summary>
internal sealed class OperatorOnly(IOptions<AccessOptions> access) : IEndpointFilter
{
    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var caller = await ApiCaller.BindAsync(context.HttpContext);
        caller.MustSeeAll();
        return caller.Tenant == access.Value.Tenant
            ? await next(context)
            : throw new ApiException(StatusCodes.Status403Forbidden, "Not for you", "This concerns all tenants of the installation; its operator may do it.");
    }
}

using DdocCost.App.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace DdocCost.App.Live;

/// <summary>Live updates for clients other than our pages. Only sends: method <c>update</c> with a <c>LiveUpdate</c>. One group a tenant.</summary>
[Authorize]
public sealed class LiveHub : Hub
{
    /// <summary>The name of the method that clients handle.</summary>
    public const string Update = "update";

    /// <summary>The group of a tenant's clients.</summary>
    public static string GroupOf(string tenantId) => $"tenant:{tenantId}";

    /// <inheritdoc />
    public override async Task OnConnectedAsync()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(Roles.TenantOf(Context.User!)), Context.ConnectionAborted);
        await base.OnConnectedAsync();
    }
}

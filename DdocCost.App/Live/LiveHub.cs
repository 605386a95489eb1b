using DdocCost.App.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace DdocCost.App.Live;

/// <summary>
/// Live updates for clients other than our pages. Only sends: method <c>update</c> with a <c>LiveUpdate</c>. One group a tenant, and one an account for
/// those who see only some.
/// </summary>
[Authorize(Policy = Roles.AnyonePolicy)]
public sealed class LiveHub : Hub
{
    /// <summary>The name of the method that clients handle.</summary>
    public const string Update = "update";

    /// <summary>The group of a tenant's clients.</summary>
    public static string GroupOf(string tenantId) => $"tenant:{tenantId}";

    /// <summary>The group of clients that see this account but not all.</summary>
    public static string GroupOf(string tenantId, string accountId) => $"tenant:{tenantId}/account:{accountId}";

    /// <inheritdoc />
    public override async Task OnConnectedAsync()
    {
        var sight = Roles.SightOf(Context.User!);
        foreach (var group in sight.SeesAll ? [GroupOf(sight.TenantId)] : sight.Accounts.Select(account => GroupOf(sight.TenantId, account)))
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, group, Context.ConnectionAborted);
        }

        await base.OnConnectedAsync();
    }
}

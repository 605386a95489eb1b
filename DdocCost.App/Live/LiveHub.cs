using DdocCost.App.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace DdocCost.App.Live;

/// <summary>
/// Live updates for clients other than our pages. Only sends: method <c>update</c> with a <c>LiveUpdate</c>. One group a tenant, and one an account for
/// those who see only some. Whose token or rights end is put off within seconds.
/// </summary>
[Authorize(Policy = Roles.AnyonePolicy)]
internal sealed class LiveHub(LetIn letIn, TimeProvider time) : Hub
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

        WatchRights(Context, letIn, time);
        await base.OnConnectedAsync();
    }

    // The hub itself is gone after this call; what beats belongs to the connection.
    private static void WatchRights(HubCallerContext caller, LetIn letIn, TimeProvider time)
    {
        var asked = time.GetTimestamp();
        caller.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(_ =>
        {
            if (time.GetElapsedTime(asked) >= LetIn.Checked && caller.GetHttpContext() is { } http)
            {
                asked = time.GetTimestamp();
                _ = AskAsync(caller, letIn, http);
            }
        }, caller);
    }

    private static async Task AskAsync(HubCallerContext caller, LetIn letIn, HttpContext http)
    {
        try
        {
            if (!await letIn.GoesOnAsync(http, caller.ConnectionAborted))
            {
                caller.Abort();
            }
        }
        catch (OperationCanceledException) when (caller.ConnectionAborted.IsCancellationRequested)
        {
            // It is gone already.
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or Marten.Exceptions.MartenCommandException)
        {
            caller.Abort(); // who cannot be asked about is put off, and comes back
        }
    }
}

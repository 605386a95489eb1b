using DdocCost.App.Access;
using DdocCost.App.Ingest.Agents;
using DdocCost.App.Ingest.Webhook;
using DdocCost.Jobs.Notify;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Ingest.Push;

/// <summary>Agents and push sources: how they do, and making and revoking them.</summary>
public sealed partial class PushPage
{
    private static readonly TimeSpan KeyOverlap = TimeSpan.FromDays(7);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private string _agentName = "", _agentAccounts = "", _name = "", _accounts = "", _topic = "";
    private PushKind _kind;
    private int _days;
    private string? _sure;

    [Inject] private PushReader Reader { get; set; } = default!;

    [Inject] private PushDesk Desk { get; set; } = default!;

    [Inject] private AgentDesk Agents { get; set; } = default!;

    [Inject] private IOptions<NotifyOptions> Public { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private bool Busy { get; set; }

    private string? Problem { get; set; }

    /// <summary>What was just made, with the secret that is shown once.</summary>
    private MadeSecret? Made { get; set; }

    private string Origin => (Public.Value.PublicUrl is { Length: > 0 } url ? url : Address.BaseUri).TrimEnd('/');

    private string Endpoint => Origin + WebhookEndpoints.Path;

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => LookEvery;

    /// <inheritdoc />
    protected override Task<PushView> ReadAsync(CancellationToken cancellationToken) => Reader.ReadAsync(Tenant, cancellationToken);

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        // Agents report also while nothing is scored, so there is nothing to be told by.
        using var timer = new PeriodicTimer(LookEvery, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Closed))
            {
                await ReadAgainAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // The page is closed.
        }
    }

    private Task AnnounceAsync() => DoAsync(async () =>
    {
        var (_, token) = await Agents.CreateAsync(Tenant, By, _agentName, List(_agentAccounts), Closed);
        Made = new MadeSecret($"Agent {_agentName.Trim()}", "Run this where the trail can be read. The token is good once, for 24 hours; it is not shown again.", Command(token));
        (_agentName, _agentAccounts) = ("", "");
    });

    private Task NewTokenAsync(EnrolledAgent agent) => DoAsync(async () =>
    {
        if (await Agents.NewTokenAsync(Tenant, agent.Id, By, Closed) is { } token)
        {
            Made = new MadeSecret($"Agent {agent.Name}", "For a machine that is set up anew, with an empty data folder. The old one is let go when this token is used.", Command(token));
        }
    });

    private Task RevokeAsync(EnrolledAgent agent) => DoAsync(() => Agents.RevokeAsync(Tenant, agent.Id, !agent.IsRevoked, By, Closed));

    private Task RemoveAsync(EnrolledAgent agent) => SurelyAsync(agent.Id, () => Agents.RemoveAsync(Tenant, agent.Id, By, Closed));

    private Task CreateAsync() => DoAsync(async () =>
    {
        var draft = new PushDraft(_name, _kind, List(_accounts), _kind == PushKind.SnsTopic ? List(_topic) : [], _days == 0 ? null : TimeSpan.FromDays(_days));
        var (source, key) = await Desk.CreateAsync(Tenant, By, draft, Closed);
        Made = source.Kind switch
        {
            PushKind.SnsTopic => new("Subscribe the topic to this address", "HTTPS, raw message delivery off. The subscription is confirmed by itself.", $"{Endpoint}?source={source.Id}"),
            PushKind.Signature => new("The secret", $"Not shown again. Send X-Ddoc-Source: {source.Id}, X-Ddoc-Timestamp: seconds since 1970, and X-Ddoc-Signature: v1= and the HMAC-SHA256, in hexadecimal, of timestamp, a dot, and the body.", key!),
            _ => new("The token", "Not shown again. Send it as 'Authorization: Bearer …'; in EventBridge, a connection of type API key with the name Authorization and this value.", $"Bearer {key}"),
        };
        (_name, _accounts, _topic) = ("", "", "");
    });

    private Task RotateAsync(PushSource source) => DoAsync(async () =>
    {
        var key = await Desk.RotateAsync(Tenant, source.Id, By, lifetime: null, KeyOverlap, Closed);
        Made = key is null ? null : new MadeSecret($"New key of {source.Name}", "Not shown again. The one in use stays good for 7 days.", source.Kind == PushKind.Token ? $"Bearer {key}" : key);
    });

    private Task RevokeKeyAsync(PushSource source, PushKey key) => DoAsync(() => Desk.RevokeKeyAsync(Tenant, source.Id, key.Begins, By, Closed));

    private Task PauseAsync(PushSource source) => DoAsync(() => Desk.PauseAsync(Tenant, source.Id, !source.IsPaused, By, Closed));

    private Task RemoveAsync(PushSource source) => SurelyAsync(source.Id, () => Desk.RemoveAsync(Tenant, source.Id, By, Closed));

    private string By => User.Identity?.Name ?? "";

    private string Command(string token) =>
        $"ddoc-agent --address={Origin} --token={token} --source='s3://BUCKET/PREFIX?region=eu-west-1' --data=/var/lib/ddoc-agent";

    /// <summary>Asks once more by changing the button.</summary>
    private Task SurelyAsync(string id, Func<Task> remove)
    {
        if (_sure != id)
        {
            _sure = id;
            return Task.CompletedTask;
        }

        _sure = null;
        return DoAsync(remove);
    }

    private async Task DoAsync(Func<Task> work)
    {
        if (Busy || !User.IsInRole(nameof(AccessRole.Administrator)))
        {
            return;
        }

        (Busy, Problem) = (true, null);
        try
        {
            await work();
            await ReadAgainAsync();
        }
        catch (ArgumentException wrong)
        {
            Problem = wrong.Message;
        }
        finally
        {
            Busy = false;
        }
    }

    private static string[] List(string text) => text.Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private sealed record MadeSecret(string Title, string Text, string Secret);
}

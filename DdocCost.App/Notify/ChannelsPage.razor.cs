using DdocCost.App.Access;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Notify;

/// <summary>The channels: how they do, and for administrators their settings and a test.</summary>
public sealed partial class ChannelsPage
{
    private readonly Dictionary<string, (bool IsGood, string Title, string Text)> _answers = [];
    private Channel? _edited;
    private bool _isNew;
    private bool _busy;
    private IReadOnlyList<string> _problems = [];

    [Inject] private NotifyReader Reader { get; set; } = default!;

    [Inject] private ChannelDesk Desk { get; set; } = default!;

    private bool MayChange => Roles.MayAdminister(User);

    private string Me => User.Identity?.Name ?? "";

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override Task<ChannelsView> ReadAsync(CancellationToken cancellationToken) => Reader.ChannelsAsync(Sight, cancellationToken);

    private static string KindName(ChannelKind kind) => ChannelForm.NameOf(kind);

    private static string Health(ChannelRow row) => row switch
    {
        { Channel.Enabled: false } => "switched off",
        { Breaker.OpenUntil: not null } => "rests after failures",
        { Breaker: not null } or { Health.FailedOfDay: > 0 } => "had failures",
        { Health.AcceptedAt: not null } => "works",
        _ => "not tried yet",
    };

    private static string Tone(ChannelRow row) => Health(row) switch { "works" => "well", "rests after failures" or "had failures" => "ill", _ => "" };

    private void Add() => (_edited, _isNew, _problems) = (new Channel { Id = Guid.NewGuid().ToString("N")[..12], Name = "", Kind = ChannelKind.Slack }, true, []);

    private void Edit(Channel channel) => (_edited, _isNew, _problems) = (channel, false, []);

    private void Cancel() => _edited = null;

    private Task SaveAsync((Channel Channel, IReadOnlyDictionary<string, string> Secrets) filled) => ChangeAsync(async () =>
    {
        _problems = await Desk.SaveAsync(Tenant, filled.Channel, filled.Secrets, Me, Closed);
        if (_problems.Count == 0)
        {
            _answers.Remove(filled.Channel.Id);
            _edited = null;
        }
        else
        {
            _edited = filled.Channel;
        }
    });

    private Task RemoveAsync(Channel channel) => ChangeAsync(async () =>
    {
        await Desk.RemoveAsync(Tenant, channel.Id, Me, Closed);
        _edited = null;
    });

    private Task SwitchAsync(Channel channel) => ChangeAsync(async () =>
    {
        var problems = await Desk.SaveAsync(Tenant, channel with { Enabled = !channel.Enabled }, new Dictionary<string, string>(), Me, Closed);
        if (problems.Count > 0)
        {
            _answers[channel.Id] = (false, "Not changed.", string.Join(" ", problems));
        }
    });

    private Task TestAsync(Channel channel) => ChangeAsync(async () => _answers[channel.Id] = await Desk.TestAsync(Tenant, channel.Id, Me, Closed) switch
    {
        SendOutcome.Accepted accepted => (true, "Taken.", accepted.Answer),
        SendOutcome.Refused refused => (false, "Refused.", refused.Answer),
        { } busy => (false, "Not now.", busy.Answer),
        null => (false, "Gone.", "The channel was removed."),
    });

    private async Task ChangeAsync(Func<Task> change)
    {
        if (!MayChange || _busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await change();
            await ReadAgainAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}

using DdocCost.App.Access;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Jobs.Notify;
using DdocCost.Jobs.Notify.Digests;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Notify;

/// <summary>Who gets a digest when, and what it would say.</summary>
public sealed partial class DigestsPage
{
    private bool _busy;
    private IReadOnlyList<string> _problems = [];
    private string _said = "";
    private string? _channel;
    private string _day = "";
    private TimeOnly _at = new(8, 0);
    private string _zone = "UTC";
    private Digest? _preview;

    [Inject] private NotifyReader Reader { get; set; } = default!;

    [Inject] private RoutingDesk Desk { get; set; } = default!;

    [Inject] private DigestReader Facts { get; set; } = default!;

    [Inject] private DigestSender Sender { get; set; } = default!;

    private bool MayChange => Roles.MayAdminister(User);

    private string Me => User.Identity?.Name ?? "";

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override Task<DigestsView> ReadAsync(CancellationToken cancellationToken) => Reader.DigestsAsync(Sight, cancellationToken);

    /// <inheritdoc />
    protected override void OnRead(DigestsView? before, DigestsView now) => _channel ??= now.Channels.Count > 0 ? now.Channels[0].Id : null;

    private string Name(string channelId) => Data!.Channels.FirstOrDefault(channel => channel.Id == channelId)?.Name ?? "a channel that was removed";

    private DigestSubscription Draft(DayOfWeek? weekly) => new()
    {
        Id = "", ChannelId = _channel ?? "", Weekly = weekly, At = _at, TimeZone = ZonedTime.Find(_zone) is null ? "UTC" : _zone, CreatedAt = Time.GetUtcNow(),
    };

    private async Task PreviewAsync(DigestSubscription one)
    {
        var now = Time.GetUtcNow();
        var from = one.Weekly is null ? now.AddDays(-1) : now.AddDays(-7);
        _preview = DigestWriter.Write(await Facts.ReadAsync(Sight, from, now, one.TimeZone, Closed));
    }

    private Task AddAsync() => ChangeAsync(() =>
    {
        var weekly = Enum.TryParse<DayOfWeek>(_day, out var day) ? day : (DayOfWeek?)null;
        return Desk.SaveAsync(Tenant, Draft(weekly) with { Id = Guid.NewGuid().ToString("N")[..12], TimeZone = _zone.Trim() }, Me, Closed);
    });

    private async Task<IReadOnlyList<string>> RemoveAsync(DigestSubscription one)
    {
        await Desk.RemoveDigestAsync(Tenant, one.Id, Me, Closed);
        return [];
    }

    private Task SendNowAsync(DigestSubscription one) => ChangeAsync(async () =>
    {
        await Sender.SendNowAsync(Tenant, one, Closed);
        _said = $"On its way to {Name(one.ChannelId)}; see Messages for the answer.";
        return [];
    });

    private async Task ChangeAsync(Func<Task<IReadOnlyList<string>>> change)
    {
        if (!MayChange || _busy)
        {
            return;
        }

        (_busy, _said) = (true, "");
        try
        {
            _problems = await change();
            await ReadAgainAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}

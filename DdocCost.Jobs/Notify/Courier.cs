using System.Collections.Concurrent;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Notify;

/// <summary>Brings one claimed message to its channel and keeps what became of it.</summary>
internal sealed class Courier(
    MessageStore messages, IDocumentStore store, NpgsqlDataSource database, IEnumerable<INotificationChannel> adapters, ICircuitBreakers breakers,
    IPanicSwitch panic, IOptions<NotifyOptions> options, TimeProvider clock, ILogger<Courier> log)
{
    private readonly Dictionary<ChannelKind, INotificationChannel> _adapters = adapters.ToDictionary(adapter => adapter.Kind);
    private readonly ConcurrentDictionary<string, (Channel? Channel, DateTimeOffset ReadAt)> _channels = new();
    private readonly NotifyOptions _options = options.Value;

    /// <summary>Delivers.</summary>
    /// <returns>For how long the channel wants to be left alone; null where it did not say so.</returns>
    public async Task<TimeSpan?> DeliverAsync(ClaimedMessage claimed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if ((await panic.ReadAsync(cancellationToken)).IsOn)
        {
            await messages.AgainAsync(claimed, now, answer: null, heldBy: "panic", cancellationToken);
            return null;
        }

        var channel = await ChannelAsync(claimed, cancellationToken);
        if (channel is not { Enabled: true } || !_adapters.TryGetValue(channel.Kind, out var adapter))
        {
            await FailAsync(claimed, channel, channel is null ? "the channel was removed" : "the channel is switched off", cancellationToken);
            return null;
        }

        if (await breakers.OpenUntilAsync(claimed.Place, cancellationToken) is { } until)
        {
            await PostponeAsync(claimed, channel, until, cancellationToken);
            return null;
        }

        return await ConcludeAsync(claimed, channel, await TrySendAsync(adapter, channel, await CompleteAsync(claimed, cancellationToken), cancellationToken), cancellationToken);
    }

    /// <summary>Kept for a second: a storm of messages asks for the same ones.</summary>
    private async Task<Channel?> ChannelAsync(ClaimedMessage claimed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_channels.TryGetValue(claimed.Place, out var kept) && (now - kept.ReadAt).Duration() < TimeSpan.FromSeconds(1))
        {
            return kept.Channel;
        }

        await using var session = store.QuerySession(claimed.Message.TenantId);
        var channel = await session.LoadAsync<Channel>(claimed.Message.ChannelId, cancellationToken);
        _channels[claimed.Place] = (channel, now);
        return channel;
    }

    /// <summary>With what is known only now: decisions since, the cases of a storm.</summary>
    private async Task<OutboundMessage> CompleteAsync(ClaimedMessage claimed, CancellationToken cancellationToken)
    {
        var message = claimed.Message with { SendingAt = clock.GetUtcNow() };
        switch (message.Notice)
        {
            case CaseNotice notice when !message.IsSelfTest:
                await using (var session = store.QuerySession(message.TenantId))
                {
                    var triage = await session.LoadAsync<CaseTriage>(notice.Case.Id, cancellationToken);
                    return triage is null ? message : message with { Notice = notice with { Decisions = CaseRemarks.Of(triage) } };
                }

            case StormNotice:
                return message with { Notice = await Storms.GatherAsync(database, message, cancellationToken) };
            default:
                return message;
        }
    }

    private async Task<SendOutcome> TrySendAsync(INotificationChannel adapter, Channel channel, OutboundMessage message, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.AttemptTimeout);
        try
        {
            return await adapter.SendAsync(channel, message, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome.Busy($"no answer within {_options.AttemptTimeout.TotalSeconds:0} seconds");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            NotifyLog.AdapterFailed(log, channel.Kind.ToString(), message.Id, error);
            return new SendOutcome.Busy($"our adapter failed ({error.GetType().Name}); its log has the reason");
        }
    }

    private async Task<TimeSpan?> ConcludeAsync(ClaimedMessage claimed, Channel channel, SendOutcome outcome, CancellationToken cancellationToken)
    {
        // What the other side said must be kept even while this process is asked to stop.
        using var patience = new CancellationTokenSource(_options.AttemptTimeout);
        NotifyMeter.Count(channel.Kind, claimed.Message, outcome, clock.GetUtcNow());
        switch (outcome)
        {
            case SendOutcome.Accepted accepted:
                await messages.AcceptedAsync(claimed, accepted, patience.Token);
                await breakers.SucceededAsync(claimed.Place, patience.Token);
                return null;
            case SendOutcome.Refused refused:
                await FailAsync(claimed, channel, refused.Answer, patience.Token);
                return null;
            case SendOutcome.Busy { RetryAfter: { } pause } limited:
                await RetryAsync(claimed, channel, limited.Answer, pause, patience.Token);
                return pause;
            default:
                await breakers.FailedAsync(claimed.Place, outcome.Answer, patience.Token);
                await RetryAsync(claimed, channel, outcome.Answer, PauseAfter(claimed.Message.Attempt), patience.Token);
                return null;
        }
    }

    private async Task PostponeAsync(ClaimedMessage claimed, Channel channel, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (IsTooLate(claimed, channel))
        {
            await FailAsync(claimed, channel, "the channel has failed too often and rests", cancellationToken);
            return;
        }

        await messages.AgainAsync(claimed, until + Jitter(TimeSpan.FromSeconds(1)), answer: null, heldBy: null, cancellationToken);
    }

    private async Task RetryAsync(ClaimedMessage claimed, Channel channel, string answer, TimeSpan pause, CancellationToken cancellationToken)
    {
        NotifyLog.NotTaken(log, channel.Name, claimed.Message.TenantId, claimed.Message.Id, answer);
        if (IsTooLate(claimed, channel))
        {
            await FailAsync(claimed, channel, answer, cancellationToken);
            return;
        }

        await messages.AgainAsync(claimed, clock.GetUtcNow() + pause, answer, heldBy: null, cancellationToken);
    }

    private async Task FailAsync(ClaimedMessage claimed, Channel? channel, string answer, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(claimed.Message.TenantId);
        var on = await session.Query<Channel>().Where(other => other.Enabled).Select(other => other.Id).ToListAsync(cancellationToken);
        await messages.FailedAsync(claimed, channel?.Name ?? claimed.Message.ChannelId, answer, [.. claimed.Fallbacks.Where(on.Contains)], cancellationToken);
    }

    private bool IsTooLate(ClaimedMessage claimed, Channel channel) =>
        clock.GetUtcNow() - claimed.FirstClaimedAt >= (claimed.Fallbacks.Any(other => other != channel.Id) ? _options.FallOverAfter : _options.GiveUpAfter);

    /// <summary>Doubles from attempt to attempt; half of it is chance, so that what failed together does not come back together.</summary>
    private TimeSpan PauseAfter(int attempt)
    {
        var pause = _options.FirstPause * Math.Pow(2, Math.Min(attempt - 1, 20));
        pause = pause < _options.LongestPause ? pause : _options.LongestPause;
        return (pause / 2) + Jitter(pause / 2);
    }

#pragma warning disable CA5394 // chance, not secrecy
    private static TimeSpan Jitter(TimeSpan most) => most * Random.Shared.NextDouble();
#pragma warning restore CA5394
}

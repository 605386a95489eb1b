using System.Collections.Concurrent;
using DdocCost.Domain.Governance;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Notify;

/// <summary>
/// Delivers while the host runs: routes new facts and sends what is due, woken when something is written, looking by itself every few seconds. Any
/// number of processes may do so; a message is in the hands of one, for as long as its lease lasts.
/// </summary>
internal sealed class Dispatcher(
    OutboxSignals signals, Router router, MessageStore messages, Courier courier, IPanicSwitch panic, IOptions<NotifyOptions> options, TimeProvider clock,
    ILogger<Dispatcher> log) : IHostedService, IDisposable
{
    /// <summary>Of one channel at the same time: more would only wait there, and one that hangs must not take all places.</summary>
    private const int MostEach = 8;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Guid, (string Place, Task Task)> _underWay = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _restUntil = new();
    private readonly NotifyOptions _options = options.Value;
    private readonly Lock _starting = new();
    private DateTimeOffset _quietSeen;
    private Task? _listening;
    private Task? _working;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        EnsureRunning();
        return Task.CompletedTask;
    }

    /// <summary>Starts what has ended; nothing should.</summary>
    /// <returns>Whether something had.</returns>
    public bool EnsureRunning()
    {
        lock (_starting)
        {
            if (_stop.IsCancellationRequested || _working is { IsCompleted: false })
            {
                return false;
            }

            var isFirst = _working is null;
            _listening = _listening is { IsCompleted: false } ? _listening : Task.Run(() => signals.RunAsync(_stop.Token), CancellationToken.None);
            _working = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
            return !isFirst;
        }
    }

    /// <summary>Lets what is under way come to its end; what does not is taken up by another process when its lease ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAll([_listening ?? Task.CompletedTask, _working ?? Task.CompletedTask, .. _underWay.Values.Select(sending => sending.Task)])
            .WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!await WorkAsync(cancellationToken))
                {
                    await signals.WaitAsync(await PauseAsync(cancellationToken), cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                NotifyLog.Interrupted(log, error);
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    /// <summary>One round.</summary>
    /// <returns>Whether there was something to do.</returns>
    private async Task<bool> WorkAsync(CancellationToken cancellationToken)
    {
        var routed = await router.RouteAsync(cancellationToken);
        if ((await panic.ReadAsync(cancellationToken)).IsOn)
        {
            await messages.HoldAsync(cancellationToken);
            return routed > 0;
        }

        if (clock.GetUtcNow() is var now && (now - _quietSeen).Duration() >= TimeSpan.FromSeconds(1))
        {
            _quietSeen = now;
            await messages.EndQuietAsync(cancellationToken);
        }

        var free = _options.AtOnce - _underWay.Count;
        var claimed = free > 0 ? await messages.ClaimAsync(Full(), free, MostEach, cancellationToken) : [];
        foreach (var message in claimed)
        {
            var begin = new TaskCompletionSource();
            _underWay[message.Message.Id] = (message.Place, DeliverAsync(begin.Task, message, cancellationToken));
            begin.SetResult(); // not before it can be found, as its end takes it out again
        }

        return routed > 0 || claimed.Count > 0;
    }

    private async Task DeliverAsync(Task begin, ClaimedMessage message, CancellationToken cancellationToken)
    {
        await begin.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            if (await courier.DeliverAsync(message, cancellationToken) is { } rest)
            {
                _restUntil[message.Place] = clock.GetUtcNow() + rest;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Its lease ends by itself.
        }
        catch (Exception error)
        {
            NotifyLog.NotNoted(log, message.Message.Id, error);
        }
        finally
        {
            _underWay.TryRemove(message.Message.Id, out _);
            signals.Wake();
        }
    }

    /// <summary>Channels that have as much under way as they get, or asked to be left alone.</summary>
    private string[] Full()
    {
        var now = clock.GetUtcNow();
        foreach (var (place, until) in _restUntil)
        {
            if (until <= now)
            {
                _restUntil.TryRemove(place, out _);
            }
        }

        return [.. _restUntil.Keys.Union(_underWay.Values.CountBy(sending => sending.Place).Where(count => count.Value >= MostEach).Select(count => count.Key))];
    }

    private async Task<TimeSpan> PauseAsync(CancellationToken cancellationToken)
    {
        var next = await messages.NextDueAsync(cancellationToken);
        var pause = next - clock.GetUtcNow() ?? _options.Sweep;
        return pause < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : pause < _options.Sweep ? pause : _options.Sweep;
    }
}

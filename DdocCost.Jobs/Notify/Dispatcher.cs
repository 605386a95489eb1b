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
    private const int MostEach = 12;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Guid, (string Place, Task Task)> _underWay = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _restUntil = new();
    private readonly NotifyOptions _options = options.Value;
    private readonly Lock _starting = new();
    private DateTimeOffset _quietSeen;
    private readonly OutboxBell _toSend = new();
    private Task? _listening;
    private Task? _routing;
    private Task? _sending;

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
            var isFirst = _listening is null;
            var started = Ensure(ref _listening, () => signals.RunAsync(_stop.Token)) | Ensure(ref _routing, () => RunAsync(RouteAsync, signals.Bell, _stop.Token))
                | Ensure(ref _sending, () => RunAsync(SendAsync, _toSend, _stop.Token));
            return started && !isFirst;
        }
    }

    /// <summary>Lets what is under way come to its end; what does not is taken up by another process when its lease ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAll([.. ((Task?[])[_listening, _routing, _sending]).OfType<Task>(), .. _underWay.Values.Select(sending => sending.Task)])
            .WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _toSend.Dispose();
    }

    private bool Ensure(ref Task? task, Func<Task> work)
    {
        if (_stop.IsCancellationRequested || task is { IsCompleted: false })
        {
            return false;
        }

        task = Task.Run(work, CancellationToken.None);
        return true;
    }

    /// <summary>Works while there is something to do, then waits for the bell, or for the next thing that becomes due.</summary>
    private async Task RunAsync(Func<CancellationToken, Task<bool>> work, OutboxBell bell, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!await work(cancellationToken))
                {
                    await bell.WaitAsync(await PauseAsync(cancellationToken), cancellationToken);
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

    private async Task<bool> RouteAsync(CancellationToken cancellationToken)
    {
        var routed = await router.RouteAsync(cancellationToken);
        _toSend.Ring(); // announcements are of messages too, such as those let go by hand
        return routed > 0;
    }

    private async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        if ((await panic.ReadAsync(cancellationToken)).IsOn)
        {
            await messages.HoldAsync(cancellationToken);
            return false;
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

        return claimed.Count > 0;
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
            _toSend.Ring();
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

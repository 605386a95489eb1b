using System.Collections.Concurrent;
using DdocCost.Jobs.Live;

namespace DdocCost.App.Live;

/// <summary>The feed inside this process: what arrived over Redis, handed to the open pages of the same tenant. Thread-safe.</summary>
public sealed class LiveFeed
{
    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();
    private volatile bool _connected;

    /// <summary>Whether updates arrive by themselves; otherwise pages are told to look every now and then.</summary>
    public bool IsConnected => _connected;

    /// <summary>Raised when <see cref="IsConnected"/> changed.</summary>
    public event Action? ConnectionChanged;

    /// <summary>Subscribes a page.</summary>
    /// <param name="tenantId">Whose updates.</param>
    /// <param name="onUpdate">Called on the thread that received it; null means "look again, something may have changed". Must be quick.</param>
    /// <returns>Dispose it with the page.</returns>
    public IDisposable Subscribe(string tenantId, Action<LiveUpdate?> onUpdate)
    {
        var subscription = new Subscription(this, tenantId, onUpdate);
        _subscriptions.TryAdd(subscription, 0);
        return subscription;
    }

    /// <summary>Hands an update to the tenant's pages.</summary>
    public void Publish(LiveUpdate update)
    {
        foreach (var subscription in _subscriptions.Keys.Where(s => s.TenantId == update.TenantId))
        {
            subscription.OnUpdate(update);
        }
    }

    /// <summary>Tells every page to look again.</summary>
    public void PublishUnknown()
    {
        foreach (var subscription in _subscriptions.Keys)
        {
            subscription.OnUpdate(null);
        }
    }

    /// <summary>Tells whether Redis can be heard.</summary>
    public void SetConnected(bool connected)
    {
        if (_connected != connected)
        {
            _connected = connected;
            ConnectionChanged?.Invoke();
        }
    }

    private sealed class Subscription(LiveFeed feed, string tenantId, Action<LiveUpdate?> onUpdate) : IDisposable
    {
        public string TenantId { get; } = tenantId;

        public Action<LiveUpdate?> OnUpdate { get; } = onUpdate;

        public void Dispose() => feed._subscriptions.TryRemove(this, out _);
    }
}

namespace DdocCost.Domain.Governance;

/// <summary>
/// Circuit breakers by name, shared by all processes: after some failures in a row nobody tries for a while, then one does. Whatever happens
/// to the place they are kept in, they answer: a process then counts for itself.
/// </summary>
public interface ICircuitBreakers
{
    /// <summary>Whether the thing may be tried now. Where it is due for its trial, only one asker in all processes hears yes.</summary>
    /// <param name="name">Such as <c>channel:…</c> or <c>aws:123456789012</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>null when it may be tried; else when to ask again, UTC.</returns>
    ValueTask<DateTimeOffset?> OpenUntilAsync(string name, CancellationToken cancellationToken);

    /// <summary>It worked: the breaker closes and forgets.</summary>
    ValueTask SucceededAsync(string name, CancellationToken cancellationToken);

    /// <summary>It failed.</summary>
    /// <param name="name">Breaker.</param>
    /// <param name="reason">What the other side said, for a person; no secrets.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether this failure opened the breaker.</returns>
    ValueTask<bool> FailedAsync(string name, string reason, CancellationToken cancellationToken);

    /// <summary>All that have failures to remember.</summary>
    ValueTask<IReadOnlyList<BreakerState>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Closes one by hand.</summary>
    ValueTask ResetAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A breaker that remembers failures.</summary>
/// <param name="Name">Name.</param>
/// <param name="Failures">In a row.</param>
/// <param name="OpenUntil">When it may be tried again, UTC; null where it is closed.</param>
/// <param name="Reason">The latest failure, for a person.</param>
/// <param name="FailedAt">When that was, UTC.</param>
public sealed record BreakerState(string Name, int Failures, DateTimeOffset? OpenUntil, string Reason, DateTimeOffset FailedAt)
{
    private static readonly string[] OfTenants = ["channel:", "aws:"];

    /// <summary>Whether it is of a tenant's own channels and accounts (<c>channel:tenant/id</c>, <c>aws:tenant/account</c>), or of what belongs to no tenant.</summary>
    public bool IsSeenBy(string tenantId) => OfTenants.FirstOrDefault(kind => Name.StartsWith(kind, StringComparison.Ordinal)) is not { } kind
        || Name.AsSpan(kind.Length).StartsWith($"{tenantId}/", StringComparison.Ordinal);
}

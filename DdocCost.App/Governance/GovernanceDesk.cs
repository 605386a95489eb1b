using DdocCost.Domain.Audit;
using DdocCost.Domain.Governance;
using Marten;

namespace DdocCost.App.Governance;

/// <summary>Where people change what the installation as a whole may do; each change is in their tenant's audit log.</summary>
internal sealed class GovernanceDesk(IPanicSwitch panic, ICircuitBreakers breakers, IFeatureFlags flags, IDocumentStore store, TimeProvider time)
{
    /// <summary>Longest reason, characters.</summary>
    public const int LongestReason = 500;

    /// <summary>Stops everything that leaves the system.</summary>
    /// <exception cref="ArgumentException">No reason, or one that is too long; the message is for a person.</exception>
    public async Task EngageAsync(string tenant, string reason, Speaker by, CancellationToken cancellationToken)
    {
        reason = reason.Trim();
        if (reason.Length is 0 or > LongestReason)
        {
            throw new ArgumentException($"Say why, in at most {LongestReason} characters.");
        }

        await panic.EngageAsync(reason, by.Name, cancellationToken);
        await LogAsync(tenant, by, "panic.engage", "panic", reason, cancellationToken);
    }

    /// <summary>Lets things leave again.</summary>
    public async Task ReleaseAsync(string tenant, Speaker by, CancellationToken cancellationToken)
    {
        await panic.ReleaseAsync(by.Name, cancellationToken);
        await LogAsync(tenant, by, "panic.release", "panic", "", cancellationToken);
    }

    /// <summary>Sets a flag.</summary>
    public async Task SetAsync(string tenant, FeatureFlag flag, FlagMode mode, Speaker by, CancellationToken cancellationToken)
    {
        await flags.SetAsync(flag, mode, by.Name, cancellationToken);
        await LogAsync(tenant, by, "flag.set", flag.Name, mode.ToString(), cancellationToken);
    }

    /// <summary>Closes a breaker by hand.</summary>
    public async Task ResetAsync(string tenant, BreakerState breaker, Speaker by, CancellationToken cancellationToken)
    {
        await breakers.ResetAsync(breaker.Name, cancellationToken);
        await LogAsync(tenant, by, "breaker.reset", breaker.Name, breaker.Reason, cancellationToken);
    }

    private async Task LogAsync(string tenant, Speaker by, string action, string subject, string detail, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenant);
        session.Store(AuditEntry.Of(time.GetUtcNow(), by.Name, by.Mouth, action, subject, detail));
        await session.SaveChangesAsync(cancellationToken);
    }
}

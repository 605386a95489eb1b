using DdocCost.Domain.Audit;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Domain.Notify.Routing;
using Marten;

namespace DdocCost.Jobs.Notify;

/// <summary>What administrators do with rules and digests.</summary>
public sealed class RoutingDesk(IDocumentStore store, TimeProvider clock)
{
    /// <summary>As many digests as a tenant has at most.</summary>
    public const int MostDigests = 100;

    /// <summary>Keeps the rules.</summary>
    /// <returns>What is wrong, for a person; empty where they were kept.</returns>
    public async Task<IReadOnlyList<string>> SaveAsync(string tenantId, RoutingPolicy policy, Speaker by, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        var problems = RoutingProblems.Of(policy, [.. await session.Query<Channel>().Select(channel => channel.Id).ToListAsync(cancellationToken)]);
        if (problems.Count == 0)
        {
            session.Store(policy);
            Log(session, by, "routing.save", "routing", string.Join(" > ", policy.Rules.Select(rule => rule.Name)));
            await session.SaveChangesAsync(cancellationToken);
        }

        return problems;
    }

    /// <summary>Keeps a digest.</summary>
    /// <returns>What is wrong, for a person; empty where it was kept.</returns>
    public async Task<IReadOnlyList<string>> SaveAsync(string tenantId, DigestSubscription subscription, Speaker by, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        string[] problems =
        [
            .. ZonedTime.Find(subscription.TimeZone) is null ? [$"'{subscription.TimeZone}' is no time zone; try one such as Europe/Berlin."] : Array.Empty<string>(),
            .. await session.LoadAsync<Channel>(subscription.ChannelId, cancellationToken) is null ? ["Choose a channel."] : Array.Empty<string>(),
            .. await session.Query<DigestSubscription>().CountAsync(one => one.Id != subscription.Id, cancellationToken) >= MostDigests ? [$"There are at most {MostDigests} digests."] : Array.Empty<string>(),
        ];
        if (problems.Length == 0)
        {
            session.Store(subscription);
            Log(session, by, "digest.save", $"digest/{subscription.Id}", $"{subscription.Weekly?.ToString() ?? "daily"} {subscription.At:HH:mm} {subscription.TimeZone} to {subscription.ChannelId}, {(subscription.Enabled ? "on" : "off")}");
            await session.SaveChangesAsync(cancellationToken);
        }

        return problems;
    }

    /// <summary>Removes a digest.</summary>
    public async Task RemoveDigestAsync(string tenantId, string id, Speaker by, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        session.Delete<DigestSubscription>(id);
        Log(session, by, "digest.remove", $"digest/{id}", "");
        await session.SaveChangesAsync(cancellationToken);
    }

    private void Log(IDocumentSession session, Speaker by, string action, string subject, string detail) =>
        session.Store(AuditEntry.Of(clock.GetUtcNow(), by.Name, by.Mouth, action, subject, detail));
}

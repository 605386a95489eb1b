using DdocCost.Domain.Access;
using DdocCost.Domain.Audit;
using Marten;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>Where an administrator says who the people of Slack are.</summary>
public sealed class SlackDirectory(IDocumentStore store, TimeProvider time)
{
    private const int Most = 500;

    /// <summary>Those who clicked, the latest first, and the users they may be linked to, by name.</summary>
    public async Task<(IReadOnlyList<SlackPerson> People, IReadOnlyList<AppUser> Users)> ReadAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        var people = await session.Query<SlackPerson>().OrderByDescending(person => person.SeenAt).Take(Most).ToListAsync(cancellationToken);
        var users = await session.Query<AppUser>().Where(user => user.TenantId == tenantId).OrderBy(user => user.Name).Take(Most).ToListAsync(cancellationToken);
        return (people, users);
    }

    /// <summary>Links a person of Slack to one of the tenant's users, or to nobody.</summary>
    public async Task LinkAsync(string tenantId, string slackId, Guid? userId, string by, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        var user = userId is { } id ? await session.LoadAsync<AppUser>(id, cancellationToken) : null;
        if (await session.LoadAsync<SlackPerson>(slackId, cancellationToken) is not { } person || (userId is not null && user?.TenantId != tenantId))
        {
            return; // another tenant's, or gone
        }

        session.Store(person with { UserId = user?.Id, LinkedBy = user is null ? "" : by });
        session.Insert(AuditEntry.Of(time.GetUtcNow(), by, Mouth.Page, user is null ? "slack.unlink" : "slack.link", $"slack/{slackId}", $"{person.Name}: {user?.Name ?? "nobody"}"));
        await session.SaveChangesAsync(cancellationToken);
    }
}

using DdocCost.App.Access.Tokens;
using Marten;

namespace DdocCost.App.Access.People;

/// <summary>Reads the people of a tenant, with their sessions and tokens.</summary>
internal sealed class PeopleReader(IDocumentStore store, ApiTokens tokens, TimeProvider time)
{
    /// <summary>All of them, by name.</summary>
    public async Task<PeopleView> ReadAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        var now = time.GetUtcNow();
        var people = await session.Query<AppUser>().Where(user => user.TenantId == tenantId).Take(PeopleDesk.Most).ToListAsync(cancellationToken);
        var sessions = await session.Query<BrowserSession>().Where(kept => kept.TenantId == tenantId && kept.ExpiresAt > now).ToListAsync(cancellationToken);
        return new PeopleView(
            [.. people.OrderBy(user => user.Name, StringComparer.OrdinalIgnoreCase)], sessions.OrderByDescending(kept => kept.SeenAt).ToLookup(kept => kept.UserId),
            await tokens.ListAsync(tenantId, ownerId: null, cancellationToken), now);
    }
}

/// <summary>What the page of people shows.</summary>
/// <param name="People">By name.</param>
/// <param name="Sessions">Of each, latest first.</param>
/// <param name="Tokens">Of all, newest first.</param>
/// <param name="Now">When it was read, UTC.</param>
public sealed record PeopleView(IReadOnlyList<AppUser> People, ILookup<Guid, BrowserSession> Sessions, IReadOnlyList<ApiToken> Tokens, DateTimeOffset Now)
{
    /// <summary>The name of a token's owner.</summary>
    public string OwnerOf(ApiToken token) => token.OwnerId is { } id ? People.FirstOrDefault(user => user.Id == id)?.Name ?? "somebody gone" : "service";
}

using System.Text.RegularExpressions;
using DdocCost.App.Ingest.Push;
using DdocCost.Domain.Audit;
using JasperFx;
using Marten;

namespace DdocCost.App.Ingest.Agents;

/// <summary>Where administrators announce agents and revoke them, and where agents get their credentials. Another tenant's agent is not there.</summary>
internal sealed partial class AgentDesk(IDocumentStore store, TimeProvider clock)
{
    /// <summary>What a one-time token begins with.</summary>
    public const string TokenPrefix = "dde_";

    /// <summary>What a credential begins with.</summary>
    public const string CredentialPrefix = "dda_";

    /// <summary>How long a one-time token can be used.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(24);

    /// <summary>How long a credential is good; agents renew it after two thirds.</summary>
    public static readonly TimeSpan CredentialLifetime = TimeSpan.FromDays(30);

    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);
    private const int MostAgents = 500;
    private const int LongestText = 80;

    /// <summary>All agents of a tenant by name.</summary>
    public async Task<IReadOnlyList<EnrolledAgent>> ListAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.Query<EnrolledAgent>().Where(agent => agent.TenantId == tenantId).OrderBy(agent => agent.Name).ToListAsync(cancellationToken);
    }

    /// <summary>Announces an agent.</summary>
    /// <returns>It, and its one-time token, which nobody can see again.</returns>
    /// <exception cref="ArgumentException">What was entered is not right; the message is for a person.</exception>
    public async Task<(EnrolledAgent Agent, string Token)> CreateAsync(
        string tenantId, Speaker by, string name, IReadOnlyList<string> accounts, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestText)
        {
            throw new ArgumentException($"Give it a name of at most {LongestText} characters.");
        }

        if (accounts.Any(account => !AccountId().IsMatch(account)))
        {
            throw new ArgumentException("An account id has twelve digits; separate several by commas.");
        }

        if ((await ListAsync(tenantId, cancellationToken)).Count >= MostAgents)
        {
            throw new ArgumentException($"There are {MostAgents} agents; remove one first.");
        }

        var id = PushSecret.NewId();
        var token = PushSecret.NewToken(TokenPrefix, id);
        var now = clock.GetUtcNow();
        var agent = new EnrolledAgent
        {
            Id = id, TenantId = tenantId, Name = name, Accounts = accounts, TokenHash = PushSecret.HashOf(token), TokenExpiresAt = now + TokenLifetime,
            CreatedAt = now, CreatedBy = by.Name,
        };
        await using var session = store.LightweightSession(tenantId);
        session.Store(agent);
        session.Insert(Entry(agent, by, "agent.announce"));
        await session.SaveChangesAsync(cancellationToken);
        return (agent, token);
    }

    /// <summary>Gives an agent another one-time token, for a host that was set up anew; what it had stays good until that is used.</summary>
    /// <returns>The token; null where there is no such agent.</returns>
    public async Task<string?> NewTokenAsync(string tenantId, string id, Speaker by, CancellationToken cancellationToken)
    {
        var token = PushSecret.NewToken(TokenPrefix, id);
        var done = await ChangeAsync(tenantId, id, (by, "agent.new-token"), agent =>
            (agent.TokenHash, agent.TokenExpiresAt, agent.EnrolledAt, agent.FirstSeenAt) = (PushSecret.HashOf(token), clock.GetUtcNow() + TokenLifetime, null, null), cancellationToken);
        return done ? token : null;
    }

    /// <summary>Revokes an agent, or lets it in again.</summary>
    /// <returns>Whether there is such an agent.</returns>
    public Task<bool> RevokeAsync(string tenantId, string id, bool revoke, Speaker by, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, id, (by, revoke ? "agent.revoke" : "agent.let-in"), agent => agent.IsRevoked = revoke, cancellationToken);

    /// <summary>Removes an agent; what it delivered stays.</summary>
    /// <returns>Whether there was such an agent.</returns>
    public async Task<bool> RemoveAsync(string tenantId, string id, Speaker by, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        if (await session.LoadAsync<EnrolledAgent>(id, cancellationToken) is not { } agent || agent.TenantId != tenantId)
        {
            return false;
        }

        session.Delete(agent);
        session.Insert(Entry(agent, by, "agent.remove"));
        await session.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>
    /// Exchanges a one-time token for a credential. It is used up when somebody comes with that; until then it may be exchanged again, which makes the
    /// credential before worthless: an agent whose answer was lost on its way must not stand outside for good.
    /// </summary>
    /// <returns>The credential, or why not.</returns>
    public async Task<(IssuedCredential? Credential, string? Refusal)> EnrolAsync(string token, string host, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        if (PushSecret.IdIn(TokenPrefix, token) is not { } id || await session.LoadAsync<EnrolledAgent>(id, cancellationToken) is not { } agent
            || !PushSecret.Fits(agent.TokenHash, token))
        {
            return (null, "this token is not known");
        }

        var now = clock.GetUtcNow();
        var refusal = agent.IsRevoked ? "this agent was revoked"
            : agent is { FirstSeenAt: not null, EnrolledAt: { } used } ? $"this token was used at {used:yyyy-MM-dd HH:mm} UTC; if that was not you, revoke the agent"
            : now >= agent.TokenExpiresAt ? $"this token expired at {agent.TokenExpiresAt:yyyy-MM-dd HH:mm} UTC; make a new one" : null;
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var issued = Issue(agent.Id, now);
        agent.EnrolledAt = now;
        agent.Host = host.Length > LongestText ? host[..LongestText] : host;
        agent.Credentials = [issued.Kept];
        session.Store(agent);
        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return (issued, null);
        }
        catch (ConcurrencyException)
        {
            return (null, "this token was used at this very moment");
        }
    }

    /// <summary>Gives an agent a new credential; the one it came with stays good for a day.</summary>
    public async Task<IssuedCredential> RenewAsync(EnrolledAgent agent, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var issued = Issue(agent.Id, now);
        await ChangeAsync(agent.TenantId, agent.Id, log: null, stored =>
        {
            var before = stored.Credentials.OrderByDescending(credential => credential.ExpiresAt).Take(1)
                .Select(credential => credential with { ExpiresAt = credential.ExpiresAt < now + Overlap ? credential.ExpiresAt : now + Overlap });
            stored.Credentials = [.. before, issued.Kept];
        }, cancellationToken);
        return issued;
    }

    /// <summary>The agent that a credential belongs to, or why it is not let in.</summary>
    public async Task<(EnrolledAgent? Agent, string? Refusal, bool IsRevoked)> IdentifyAsync(string credential, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        if (PushSecret.IdIn(CredentialPrefix, credential) is not { } id || await session.LoadAsync<EnrolledAgent>(id, cancellationToken) is not { } agent
            || agent.Credentials.FirstOrDefault(kept => PushSecret.Fits(kept.Hash, credential)) is not { } matching)
        {
            return (null, "this credential is not known", false);
        }

        var now = clock.GetUtcNow();
        if (agent.IsRevoked || now >= matching.ExpiresAt)
        {
            return (agent, agent.IsRevoked ? "this agent was revoked" : $"this credential expired at {matching.ExpiresAt:yyyy-MM-dd HH:mm} UTC; enrol again", agent.IsRevoked);
        }

        if (agent is { EnrolledAt: not null, FirstSeenAt: null })
        {
            await ChangeAsync(agent.TenantId, agent.Id, log: null, stored => stored.FirstSeenAt ??= stored.EnrolledAt is null ? null : now, cancellationToken);
        }

        return (agent, null, false);
    }

    private static IssuedCredential Issue(string id, DateTimeOffset now)
    {
        var secret = PushSecret.NewToken(CredentialPrefix, id);
        return new IssuedCredential(id, secret, new AgentCredential(PushSecret.HashOf(secret), now + CredentialLifetime));
    }

    private AuditEntry Entry(EnrolledAgent agent, Speaker by, string action) => AuditEntry.Of(clock.GetUtcNow(), by.Name, by.Mouth, action, $"agent/{agent.Id}", agent.Name);

    /// <param name="log">Who does it and what it is for the log; null for what agents do themselves.</param>
    private async Task<bool> ChangeAsync(string tenantId, string id, (Speaker By, string Action)? log, Action<EnrolledAgent> change, CancellationToken cancellationToken)
    {
        const int attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            await using var session = store.LightweightSession(tenantId);
            if (await session.LoadAsync<EnrolledAgent>(id, cancellationToken) is not { } agent || agent.TenantId != tenantId)
            {
                return false;
            }

            change(agent);
            session.Store(agent);
            if (log is { } said)
            {
                session.Insert(Entry(agent, said.By, said.Action));
            }

            try
            {
                await session.SaveChangesAsync(cancellationToken);
                return true;
            }
            catch (ConcurrencyException) when (attempt < attempts)
            {
                // Somebody else changed it at the same moment: read it again.
            }
        }
    }

    [GeneratedRegex(@"^\d{12}$")]
    private static partial Regex AccountId();
}

/// <summary>A credential as it is handed out, and what is kept of it.</summary>
internal sealed record IssuedCredential(string AgentId, string Secret, AgentCredential Kept);

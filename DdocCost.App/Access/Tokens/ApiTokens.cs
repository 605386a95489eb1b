using System.Security.Claims;
using DdocCost.Domain.Audit;
using JasperFx;
using Marten;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access.Tokens;

/// <summary>Passes of programs: made, shown once, opened, revoked. Every change is logged.</summary>
internal sealed class ApiTokens(IDocumentStore store, IOptions<AccessOptions> access, TimeProvider time)
{
    /// <summary>Longest life.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    /// <summary>As many as a tenant has at most that are good.</summary>
    public const int Most = 200;

    private const int LongestName = 80;
    private const int HintLength = 10;
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(1);

    /// <summary>Makes one.</summary>
    /// <param name="maker">Who makes it. Without <paramref name="isService"/> it acts for this person.</param>
    /// <param name="name">What it is for; 1 to 80 characters.</param>
    /// <param name="scope">What it may do at most; not more than its maker.</param>
    /// <param name="life">How long it is good; up to a year.</param>
    /// <param name="accounts">The only accounts it sees; null for all that its maker sees.</param>
    /// <param name="isService">It acts for nobody and outlives its maker; for administrators.</param>
    /// <param name="mouth">Through which door.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The secret, which nobody can read again; or what is wrong.</returns>
    public async Task<(string? Secret, string? Problem)> CreateAsync(
        AppUser maker, string name, AccessRole scope, TimeSpan life, IReadOnlyList<string>? accounts, bool isService, Mouth mouth, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            return (null, "Say what the token is for, in up to 80 characters.");
        }

        if (scope > maker.Role || !Enum.IsDefined(scope) || (isService && maker.Role != AccessRole.Administrator))
        {
            return (null, "A token may do no more than you may yourself; service tokens are made by administrators.");
        }

        if (life <= TimeSpan.Zero || life > LongestLife)
        {
            return (null, "A token is good for up to a year.");
        }

        if (AccountList.Problem(accounts) is { } problem)
        {
            return (null, problem);
        }

        if (accounts is not null && scope == AccessRole.Administrator)
        {
            return (null, "Who administers sees all accounts: leave them empty, or choose a smaller scope.");
        }

        var (secret, now) = (TokenSecret.New(TokenSecret.ApiPrefix), time.GetUtcNow());
        var token = new ApiToken
        {
            TenantId = maker.TenantId, Name = name, OwnerId = isService ? null : maker.Id, Scope = scope, Accounts = accounts,
            Hash = TokenSecret.HashOf(secret), Hint = secret[..HintLength], CreatedBy = maker.Name, CreatedAt = now, ExpiresAt = now + life,
        };
        await using var session = store.LightweightSession(maker.TenantId);
        if (await session.Query<ApiToken>().CountAsync(t => t.TenantId == maker.TenantId && t.RevokedAt == null && t.ExpiresAt > now, cancellationToken) >= Most)
        {
            return (null, $"There are {Most} tokens already. Revoke what is no longer needed.");
        }

        session.Insert(token);
        session.Insert(AuditEntry.Of(
            now, maker.Name, mouth, "token.create", $"token/{token.Id}", $"{(isService ? "service" : "personal")} token “{name}”, {TokenScope.NameOf(scope)}, until {token.ExpiresAt.UtcDateTime:u}"));
        await session.SaveChangesAsync(cancellationToken);
        return (secret, null);
    }

    /// <summary>Tokens that were not revoked and whose end is no older than a month: a person's own, or all of the tenant.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(string tenantId, Guid? ownerId, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        var since = time.GetUtcNow() - TimeSpan.FromDays(30);
        var tokens = session.Query<ApiToken>().Where(token => token.TenantId == tenantId && token.RevokedAt == null && token.ExpiresAt > since);
        return await (ownerId is { } owner ? tokens.Where(token => token.OwnerId == owner) : tokens).OrderByDescending(token => token.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <summary>Revokes one: an administrator any of the tenant, everybody their own. Harmless to repeat.</summary>
    /// <returns>Whether there is such a token for this person.</returns>
    public async Task<bool> RevokeAsync(AppUser by, Guid id, Mouth mouth, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(by.TenantId);
        if (await session.LoadAsync<ApiToken>(id, cancellationToken) is not { } token || token.TenantId != by.TenantId
            || (by.Role != AccessRole.Administrator && token.OwnerId != by.Id))
        {
            return false;
        }

        if (token.RevokedAt is null)
        {
            token.RevokedAt = time.GetUtcNow();
            session.Store(token);
            session.Insert(AuditEntry.Of(token.RevokedAt.Value, by.Name, mouth, "token.revoke", $"token/{token.Id}", $"“{token.Name}”"));
            await session.SaveChangesAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>Who bears it; null where it is unknown, expired, revoked, or its owner is shut out.</summary>
    public async Task<ClaimsPrincipal?> OpenAsync(string secret, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var (hash, now) = (TokenSecret.HashOf(secret), time.GetUtcNow());
        if (await session.Query<ApiToken>().FirstOrDefaultAsync(t => t.Hash == hash, cancellationToken) is not { RevokedAt: null } token || token.ExpiresAt <= now)
        {
            return null;
        }

        var owner = token.OwnerId is { } id ? await session.LoadAsync<AppUser>(id, cancellationToken) : null;
        if (token.OwnerId is not null && owner is not { DisabledAt: null })
        {
            return null;
        }

        await NoteUseAsync(session, token, now, cancellationToken);
        return owner is null ? BearerClaims.Of(token, access.Value.Tenant) : BearerClaims.Of(owner, $"{owner.Name} (token {token.Name})", token.Scope, token.Accounts, access.Value.Tenant);
    }

    private static async Task NoteUseAsync(IDocumentSession session, ApiToken token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now - token.UsedAt < UseNoted)
        {
            return;
        }

        try
        {
            token.UsedAt = now;
            session.Store(token);
            await session.SaveChangesAsync(cancellationToken);
        }
        catch (ConcurrencyException)
        {
            // Another request noted it, or somebody revokes it at this moment, which must win.
        }
    }
}

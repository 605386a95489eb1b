using JasperFx;
using Marten;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access.Tokens;

/// <summary>What a program keeps to get its next short-lived token. Each is good once; one that comes twice was copied, and ends all of its family.</summary>
internal sealed class RefreshTokens(IDocumentStore store, IOptions<AccessOptions> options, TimeProvider time)
{
    /// <summary>The first of a family, after a sign-in.</summary>
    public async Task<string> BeginAsync(AppUser user, AccessRole scope, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var secret = Add(session, user, scope, Guid.NewGuid());
        session.DeleteWhere<RefreshToken>(token => token.ExpiresAt < time.GetUtcNow());
        await session.SaveChangesAsync(cancellationToken);
        return secret;
    }

    /// <summary>Trades one in for the next.</summary>
    /// <returns>null where it is unknown, expired, used before, or the person's rights have changed since.</returns>
    public async Task<(AppUser User, AccessRole Scope, string Next)?> TradeAsync(string secret, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<RefreshToken>(TokenSecret.HashOf(secret), cancellationToken) is not { } token || token.ExpiresAt <= time.GetUtcNow())
        {
            return null;
        }

        if (token.UsedAt is not null || await session.LoadAsync<AppUser>(token.UserId, cancellationToken) is not { DisabledAt: null } user || user.SecurityStamp != token.Stamp)
        {
            session.DeleteWhere<RefreshToken>(other => other.Family == token.Family);
            await session.SaveChangesAsync(cancellationToken);
            return null;
        }

        token.UsedAt = time.GetUtcNow();
        session.Store(token);
        var next = Add(session, user, token.Scope, token.Family);
        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return (user, token.Scope, next);
        }
        catch (ConcurrencyException)
        {
            return null; // two at once with the same one: the other got the next
        }
    }

    /// <summary>Ends a family: the program signs out. Harmless to repeat.</summary>
    public async Task EndAsync(string secret, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<RefreshToken>(TokenSecret.HashOf(secret), cancellationToken) is { } token)
        {
            session.DeleteWhere<RefreshToken>(other => other.Family == token.Family);
            await session.SaveChangesAsync(cancellationToken);
        }
    }

    private string Add(IDocumentSession session, AppUser user, AccessRole scope, Guid family)
    {
        var secret = TokenSecret.New(TokenSecret.RefreshPrefix);
        session.Insert(new RefreshToken
        {
            Id = TokenSecret.HashOf(secret), Family = family, UserId = user.Id, Scope = scope, Stamp = user.SecurityStamp, ExpiresAt = time.GetUtcNow() + options.Value.RefreshLife,
        });
        return secret;
    }
}

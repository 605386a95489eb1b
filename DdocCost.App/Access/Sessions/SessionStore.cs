using System.Security.Claims;
using System.Security.Cryptography;
using DdocCost.App.Access.Tokens;
using JasperFx;
using Marten;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access.Sessions;

/// <summary>
/// Keeps what a cookie would hold here, and gives the browser only a random key to it: so that people see where they are signed in, and that a session which
/// was ended is over with the next request.
/// </summary>
internal sealed class SessionStore(IDocumentStore store, IDataProtectionProvider protection, IOptions<AccessOptions> options, TimeProvider time) : ITicketStore
{
    /// <summary>Claim with the id of the session.</summary>
    public const string SessionClaim = "session";

    private const int LongestBrowser = 200;
    private readonly IDataProtector _seal = protection.CreateProtector("ddoc.browser-sessions");

    /// <inheritdoc />
    public Task<string> StoreAsync(AuthenticationTicket ticket) => BeginAsync(ticket, http: null, CancellationToken.None);

    /// <inheritdoc />
    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) => BeginAsync(ticket, httpContext, cancellationToken);

    /// <inheritdoc />
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        await using var session = store.LightweightSession();
        // Ended meanwhile: it stays ended.
        if (await session.LoadAsync<BrowserSession>(TokenSecret.HashOf(key)) is { } kept)
        {
            session.Update(kept with { Ticket = Seal(ticket), SeenAt = time.GetUtcNow(), ExpiresAt = EndOf(ticket) });
            await session.SaveChangesAsync();
        }
    }

    /// <inheritdoc />
    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<BrowserSession>(TokenSecret.HashOf(key)) is { } kept && kept.ExpiresAt > time.GetUtcNow() ? Open(kept) : null;
    }

    /// <inheritdoc />
    public async Task RemoveAsync(string key)
    {
        await using var session = store.LightweightSession();
        session.Delete<BrowserSession>(TokenSecret.HashOf(key));
        await session.SaveChangesAsync();
    }

    /// <summary>Whether a session goes on: it was not ended, and the person's rights and password are those of its begin.</summary>
    public async Task<bool> GoesOnAsync(string? sessionId, CancellationToken cancellationToken)
    {
        if (sessionId is null)
        {
            return false;
        }

        await using var session = store.QuerySession();
        return await session.LoadAsync<BrowserSession>(sessionId, cancellationToken) is { } kept && kept.ExpiresAt > time.GetUtcNow()
            && await session.LoadAsync<AppUser>(kept.UserId, cancellationToken) is { DisabledAt: null } user && user.SecurityStamp == kept.Stamp;
    }

    /// <summary>Where a person is signed in, latest first.</summary>
    public async Task<IReadOnlyList<BrowserSession>> ListAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var now = time.GetUtcNow();
        return [.. (await session.Query<BrowserSession>().Where(kept => kept.UserId == userId && kept.ExpiresAt > now).ToListAsync(cancellationToken)).OrderByDescending(kept => kept.SeenAt)];
    }

    /// <summary>After a person changed their own password or codes: the session in which they did goes on, with the new claims.</summary>
    public async Task GoOnAsync(string sessionId, AppUser user, ClaimsPrincipal renewed, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<BrowserSession>(sessionId, cancellationToken) is { } kept && Open(kept) is { } ticket)
        {
            session.Update(kept with { Stamp = user.SecurityStamp, Ticket = Seal(new AuthenticationTicket(renewed, ticket.Properties, ticket.AuthenticationScheme)) });
            await session.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task<string> BeginAsync(AuthenticationTicket ticket, HttpContext? http, CancellationToken cancellationToken)
    {
        var (key, now) = (TokenSecret.New(""), time.GetUtcNow());
        await using var session = store.LightweightSession();
        var user = await session.LoadAsync<AppUser>(Guid.Parse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!), cancellationToken)
            ?? throw new InvalidOperationException("Somebody signs in who does not exist.");
        var browser = http?.Request.Headers.UserAgent.ToString() ?? "";
        session.Insert(new BrowserSession
        {
            Id = TokenSecret.HashOf(key), UserId = user.Id, TenantId = user.TenantId, Stamp = user.SecurityStamp, Ticket = Seal(ticket), CreatedAt = now, SeenAt = now,
            ExpiresAt = EndOf(ticket), Address = http?.Connection.RemoteIpAddress?.ToString() ?? "", Browser = browser.Length > LongestBrowser ? browser[..LongestBrowser] : browser,
        });
        session.DeleteWhere<BrowserSession>(old => old.ExpiresAt < now);
        await session.SaveChangesAsync(cancellationToken);
        await NoteAsync(user, now, cancellationToken);
        return key;
    }

    private async Task NoteAsync(AppUser user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        user.SignedInAt = now;
        session.Store(user);
        try
        {
            await session.SaveChangesAsync(cancellationToken);
        }
        catch (ConcurrencyException)
        {
            // Somebody changed the person at this moment; when they last signed in matters less.
        }
    }

    private DateTimeOffset EndOf(AuthenticationTicket ticket) => ticket.Properties.ExpiresUtc ?? time.GetUtcNow() + options.Value.SessionLife;

    private string Seal(AuthenticationTicket ticket) => Convert.ToBase64String(_seal.Protect(TicketSerializer.Default.Serialize(ticket)));

    private AuthenticationTicket? Open(BrowserSession kept)
    {
        try
        {
            var ticket = TicketSerializer.Default.Deserialize(_seal.Unprotect(Convert.FromBase64String(kept.Ticket)));
            if (ticket?.Principal.Identity is ClaimsIdentity identity && !identity.HasClaim(claim => claim.Type == SessionClaim))
            {
                identity.AddClaim(new Claim(SessionClaim, kept.Id));
            }

            return ticket;
        }
        catch (CryptographicException)
        {
            return null; // the keys of this installation were lost; the person signs in again
        }
    }
}

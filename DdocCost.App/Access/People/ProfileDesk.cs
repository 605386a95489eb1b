using System.Security.Claims;
using DdocCost.App.Access.Sessions;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Wording;
using Marten;
using Microsoft.AspNetCore.Identity;

namespace DdocCost.App.Access.People;

/// <summary>What people change of themselves. A changed password or second factor ends their other sessions; the one they are in goes on.</summary>
internal sealed class ProfileDesk(
    UserManager<AppUser> users, IUserStore<AppUser> stored, IUserClaimsPrincipalFactory<AppUser> claims, SessionStore sessions, IDocumentStore store, TimeProvider time)
{
    private const int RecoveryCodes = 10;
    private const string Wrong = "The password is wrong, or the account is locked after ten wrong attempts.";

    /// <summary>The person, as stored now; null where they are no longer let in.</summary>
    public async Task<AppUser?> MeAsync(ClaimsPrincipal me) => await users.GetUserAsync(me) is { DisabledAt: null } user ? user : null;

    /// <summary>Changes the password.</summary>
    /// <returns>What is wrong; null where it is done.</returns>
    public async Task<string?> ChangePasswordAsync(ClaimsPrincipal me, string current, string next, CancellationToken cancellationToken)
    {
        if (await ConfirmedAsync(me, current) is not { } user)
        {
            return Wrong;
        }

        var changed = await users.ChangePasswordAsync(user, current, next);
        return changed.Succeeded ? await DoneAsync(me, user, "user.password", cancellationToken) : string.Join(" ", changed.Errors.Select(error => error.Description));
    }

    /// <summary>A new key for an authenticator app; kept only once a code of it was shown.</summary>
    public string NewKey() => users.GenerateNewAuthenticatorKey();

    /// <summary>Turns the second factor on.</summary>
    /// <returns>Recovery codes to show this once; or what is wrong.</returns>
    public async Task<(IReadOnlyList<string> Codes, string? Problem)> TurnOnAsync(ClaimsPrincipal me, string key, string code, CancellationToken cancellationToken)
    {
        if (await MeAsync(me) is not { PasswordHash: not null } user)
        {
            return ([], Wrong);
        }

        await ((IUserAuthenticatorKeyStore<AppUser>)stored).SetAuthenticatorKeyAsync(user, key, cancellationToken);
        (user.TwoFactor, user.UsedCodes, user.SecurityStamp) = (true, [], Guid.NewGuid().ToString("N"));
        // What is verified is saved with the code that was used.
        return await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, Digits(code))
            ? (await NewCodesAsync(user), await DoneAsync(me, user, "user.two-factor-on", cancellationToken))
            : ([], "The code is not the one that the app shows now. Is the clock of the phone right?");
    }

    /// <summary>Turns it off.</summary>
    public async Task<string?> TurnOffAsync(ClaimsPrincipal me, string password, CancellationToken cancellationToken)
    {
        if (await ConfirmedAsync(me, password) is not { } user)
        {
            return Wrong;
        }

        (user.TwoFactor, user.SealedAuthenticatorKey, user.RecoveryCodeHashes, user.SecurityStamp) = (false, null, [], Guid.NewGuid().ToString("N"));
        await users.UpdateAsync(user);
        return await DoneAsync(me, user, "user.two-factor-off", cancellationToken);
    }

    /// <summary>Makes new recovery codes; the former end.</summary>
    public async Task<(IReadOnlyList<string> Codes, string? Problem)> RenewCodesAsync(ClaimsPrincipal me, string password, CancellationToken cancellationToken) =>
        await ConfirmedAsync(me, password) is { TwoFactor: true } user
            ? (await NewCodesAsync(user), await DoneAsync(me, user, "user.recovery-codes", cancellationToken))
            : ([], Wrong);

    /// <summary>Sets the time zone and the way of writing numbers in which the person sees pages; empty for the browser's and the usual one.</summary>
    public async Task<string?> SetDisplayAsync(ClaimsPrincipal me, string? zone, string? numbers, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(zone) && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            return "There is no such time zone.";
        }

        if (!string.IsNullOrEmpty(numbers) && NumberStyle.Find(numbers) is null)
        {
            return "Numbers are not written so here.";
        }

        if (await MeAsync(me) is not { } user)
        {
            return Wrong;
        }

        (user.TimeZone, user.Numbers) = (string.IsNullOrEmpty(zone) ? null : zone, string.IsNullOrEmpty(numbers) ? null : numbers);
        await users.UpdateAsync(user);
        return await DoneAsync(me, user, "user.display", cancellationToken, $"{user.TimeZone ?? "the browser's zone"}, {user.Numbers ?? "usual numbers"}");
    }

    /// <summary>Ends one of the person's sessions, or with null all but this one.</summary>
    public async Task EndSessionsAsync(ClaimsPrincipal me, string? sessionId, CancellationToken cancellationToken)
    {
        if (await MeAsync(me) is not { } user)
        {
            return;
        }

        await using var session = store.LightweightSession(user.TenantId);
        var mine = me.FindFirstValue(SessionStore.SessionClaim);
        if (sessionId is null)
        {
            session.DeleteWhere<BrowserSession>(kept => kept.UserId == user.Id && kept.Id != mine);
        }
        else
        {
            session.DeleteWhere<BrowserSession>(kept => kept.UserId == user.Id && kept.Id == sessionId);
        }

        session.Insert(AuditEntry.Of(time.GetUtcNow(), user.Name, Mouth.Page, "user.session-end", $"user/{user.Id}", sessionId is null ? "all others" : "one"));
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Who knows the password; wrong ones count towards the lock-out.</summary>
    private async Task<AppUser?> ConfirmedAsync(ClaimsPrincipal me, string password)
    {
        if (await MeAsync(me) is not { PasswordHash: not null } user || await users.IsLockedOutAsync(user))
        {
            return null;
        }

        if (await users.CheckPasswordAsync(user, password))
        {
            return user;
        }

        await users.AccessFailedAsync(user);
        return null;
    }

    private async Task<IReadOnlyList<string>> NewCodesAsync(AppUser user) => [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) ?? []];

    private async Task<string?> DoneAsync(ClaimsPrincipal me, AppUser user, string action, CancellationToken cancellationToken, string detail = "")
    {
        await using var session = store.LightweightSession(user.TenantId);
        session.Insert(AuditEntry.Of(time.GetUtcNow(), user.Name, Mouth.Page, action, $"user/{user.Id}", detail));
        var mine = me.FindFirstValue(SessionStore.SessionClaim);
        if (me.FindFirstValue(SecurityStampClaim) != user.SecurityStamp)
        {
            session.DeleteWhere<BrowserSession>(kept => kept.UserId == user.Id && kept.Id != mine);
        }

        await session.SaveChangesAsync(cancellationToken);
        if (mine is not null)
        {
            await sessions.GoOnAsync(mine, user, await claims.CreateAsync(user), cancellationToken);
        }

        return null;
    }

    private string SecurityStampClaim => users.Options.ClaimsIdentity.SecurityStampClaimType;

    private static string Digits(string code) => string.Concat(code.Where(char.IsAsciiDigit));
}

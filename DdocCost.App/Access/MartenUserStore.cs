using DdocCost.Domain.Storage;
using JasperFx;
using Marten;
using Microsoft.AspNetCore.Identity;

namespace DdocCost.App.Access;

/// <summary>ASP.NET Core Identity on Marten: what passwords, lock-out, security stamps, authenticator apps and recovery codes need, no more.</summary>
internal sealed class MartenUserStore(IDocumentStore store, ISecretBox secrets, IPasswordHasher<AppUser> hasher)
    : IUserPasswordStore<AppUser>, IUserSecurityStampStore<AppUser>, IUserLockoutStore<AppUser>, IUserTwoFactorStore<AppUser>, IUserAuthenticatorKeyStore<AppUser>,
        IUserTwoFactorRecoveryCodeStore<AppUser>
{
    private const string KeyPurpose = "authenticator-key";

    private static readonly IdentityErrorDescriber Errors = new();

    /// <inheritdoc />
    public async Task<IdentityResult> CreateAsync(AppUser user, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        session.Insert(user);
        return await SaveAsync(session, Errors.DuplicateUserName(user.Name), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IdentityResult> UpdateAsync(AppUser user, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        session.Store(user);
        return await SaveAsync(session, Errors.DuplicateUserName(user.Name), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IdentityResult> DeleteAsync(AppUser user, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        session.Delete(user);
        return await SaveAsync(session, Errors.DefaultError(), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<AppUser?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(userId, out var id))
        {
            return null;
        }

        await using var session = store.QuerySession();
        return await session.LoadAsync<AppUser>(id, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<AppUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.Query<AppUser>().FirstOrDefaultAsync(user => user.NormalizedName == normalizedUserName, cancellationToken);
    }

    /// <inheritdoc />
    public Task ReplaceCodesAsync(AppUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Set(() => user.RecoveryCodeHashes = [.. recoveryCodes.Select(code => hasher.HashPassword(user, Bare(code)))]);

    /// <inheritdoc />
    public async Task<bool> RedeemCodeAsync(AppUser user, string code, CancellationToken cancellationToken)
    {
        if (Bare(code) is not { Length: > 0 and < 30 } typed
            || user.RecoveryCodeHashes.FirstOrDefault(hash => hasher.VerifyHashedPassword(user, hash, typed) != PasswordVerificationResult.Failed) is not { } redeemed)
        {
            return false;
        }

        user.RecoveryCodeHashes = [.. user.RecoveryCodeHashes.Where(hash => hash != redeemed)];
        // Saved here: of two at once with the same code one must fail.
        return (await UpdateAsync(user, cancellationToken)).Succeeded;
    }

    /// <summary>As typed off a sheet of paper: small or capital, with or without the dash.</summary>
    private static string Bare(string code) => code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private static async Task<IdentityResult> SaveAsync(IDocumentSession session, IdentityError taken, CancellationToken cancellationToken)
    {
        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return IdentityResult.Success;
        }
        catch (ConcurrencyException)
        {
            return IdentityResult.Failed(Errors.ConcurrencyFailure());
        }
        catch (Exception e) when (e is DocumentAlreadyExistsException || e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            return IdentityResult.Failed(taken);
        }
    }

    // The rest only moves values between Identity and the document.
#pragma warning disable CS1591, SA1600
    public Task<string> GetUserIdAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());
    public Task<string?> GetUserNameAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);
    public Task<string?> GetNormalizedUserNameAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedName);
    public Task<string?> GetPasswordHashAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);
    public Task<bool> HasPasswordAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);
    public Task<string?> GetSecurityStampAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);
    public Task<int> GetAccessFailedCountAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.AccessFailedCount);
    public Task<bool> GetLockoutEnabledAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(true);
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.LockoutEnd);
    public Task<int> IncrementAccessFailedCountAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(++user.AccessFailedCount);
    public Task SetUserNameAsync(AppUser user, string? userName, CancellationToken cancellationToken) => Set(() => user.Name = userName ?? "");
    public Task SetNormalizedUserNameAsync(AppUser user, string? normalizedName, CancellationToken cancellationToken) => Set(() => user.NormalizedName = normalizedName ?? "");
    public Task SetPasswordHashAsync(AppUser user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);
    public Task SetSecurityStampAsync(AppUser user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);
    public Task SetLockoutEndDateAsync(AppUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(() => user.LockoutEnd = lockoutEnd);
    public Task ResetAccessFailedCountAsync(AppUser user, CancellationToken cancellationToken) => Set(() => user.AccessFailedCount = 0);
    public Task SetTwoFactorEnabledAsync(AppUser user, bool enabled, CancellationToken cancellationToken) => Set(() => user.TwoFactor = enabled);
    public Task<bool> GetTwoFactorEnabledAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.TwoFactor);
    public Task SetAuthenticatorKeyAsync(AppUser user, string key, CancellationToken cancellationToken) => Set(() => user.SealedAuthenticatorKey = secrets.Protect(KeyPurpose, key));
    public Task<string?> GetAuthenticatorKeyAsync(AppUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.SealedAuthenticatorKey is { } key ? secrets.Unprotect(KeyPurpose, key) : null);
    public Task<int> CountCodesAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.RecoveryCodeHashes.Count);
    public Task SetLockoutEnabledAsync(AppUser user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;
#pragma warning restore CS1591, SA1600

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }
}

using System.Security.Claims;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Storage;
using Marten;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using SessionOptions = Marten.Services.SessionOptions;

namespace DdocCost.App.Access.People;

/// <summary>
/// The one place where administrators change people. Who asks is looked up anew each time; the change, its log entry and the end of the person's sessions are
/// one transaction; changes of a tenant come one after another, so that its last administrator stays.
/// </summary>
internal sealed class PeopleDesk(UserManager<AppUser> users, NpgsqlDataSource database, IDocumentStore store, TimeProvider time)
{
    /// <summary>As many people as a tenant has at most.</summary>
    public const int Most = 1000;

    /// <summary>What is answered to others.</summary>
    public const string NotYours = "Only administrators change people, and tokens that act for one; a service token acts for nobody.";
    /// <summary>What is answered where the person is not there, or is another tenant's.</summary>
    public const string Gone = "There is no such person any more.";

    /// <summary>Adds a person, who chooses a password with a one-time link.</summary>
    /// <returns>What is wrong, for a person to read; else the person.</returns>
    public async Task<(AppUser? Invited, string? Problem)> InviteAsync(
        ClaimsPrincipal by, string name, AccessRole role, IReadOnlyList<string>? accounts, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is < 3 or > 254 || name.Any(char.IsControl))
        {
            return (null, "Give an e-mail address or name of 3 to 254 characters.");
        }

        if (Problem(role, accounts) is { } problem)
        {
            return (null, problem);
        }

        var user = new AppUser
        {
            Name = name, NormalizedName = users.NormalizeName(name)!, Role = role, Accounts = accounts, CreatedAt = time.GetUtcNow(), SecurityStamp = Guid.NewGuid().ToString("N"),
        };
        problem = await InTurnAsync(by, async (session, administrator) =>
        {
            user.TenantId = administrator.TenantId;
            if (await session.Query<AppUser>().AnyAsync(other => other.NormalizedName == user.NormalizedName, cancellationToken))
            {
                return "This name is taken.";
            }

            if (await session.Query<AppUser>().CountAsync(other => other.TenantId == user.TenantId, cancellationToken) >= Most)
            {
                return $"There are {Most} people already.";
            }

            session.Insert(user);
            Log(session, by, "user.invite", user, $"{user.Name}: {Words(user)}");
            return null;
        }, cancellationToken);
        return problem is null ? (user, null) : (null, problem);
    }

    /// <summary>Sets what a person may do and see; ends the person's sessions.</summary>
    public Task<string?> SetRightsAsync(ClaimsPrincipal by, Guid id, AccessRole role, IReadOnlyList<string>? accounts, CancellationToken cancellationToken) =>
        Problem(role, accounts) is { } problem
            ? Task.FromResult<string?>(problem)
            : ChangeAsync(by, id, "user.rights", user =>
            {
                var before = Words(user);
                (user.Role, user.Accounts) = (role, accounts);
                return before == Words(user) ? null : $"{user.Name}: {before} → {Words(user)}";
            }, cancellationToken);

    /// <summary>Shuts a person out, or lets them in again. Tokens that act for the person rest meanwhile.</summary>
    public Task<string?> SetDisabledAsync(ClaimsPrincipal by, Guid id, bool disabled, CancellationToken cancellationToken) => ChangeAsync(by, id, disabled ? "user.disable" : "user.enable", user =>
    {
        if (disabled == user.DisabledAt is not null)
        {
            return null;
        }

        user.DisabledAt = disabled ? time.GetUtcNow() : null;
        return user.Name;
    }, cancellationToken);

    /// <summary>Ends a lock-out before its time.</summary>
    public Task<string?> UnlockAsync(ClaimsPrincipal by, Guid id, CancellationToken cancellationToken) => ChangeAsync(by, id, "user.unlock", user =>
    {
        (user.LockoutEnd, user.AccessFailedCount) = (null, 0);
        return user.Name;
    }, cancellationToken);

    /// <summary>Takes the second factor away from somebody who lost phone and recovery codes.</summary>
    public Task<string?> RemoveTwoFactorAsync(ClaimsPrincipal by, Guid id, CancellationToken cancellationToken) => ChangeAsync(by, id, "user.two-factor-off", user =>
    {
        (user.TwoFactor, user.SealedAuthenticatorKey, user.RecoveryCodeHashes) = (false, null, []);
        return user.Name;
    }, cancellationToken);

    /// <summary>Signs a person out everywhere.</summary>
    public Task<string?> EndSessionsAsync(ClaimsPrincipal by, Guid id, CancellationToken cancellationToken) => ChangeAsync(by, id, "user.sessions-end", user => user.Name, cancellationToken);

    /// <summary>Ends one session of somebody.</summary>
    public Task<string?> EndSessionAsync(ClaimsPrincipal by, string sessionId, CancellationToken cancellationToken) => InTurnAsync(by, async (session, administrator) =>
    {
        if (await session.LoadAsync<BrowserSession>(sessionId, cancellationToken) is { } ended && ended.TenantId == administrator.TenantId
            && await session.LoadAsync<AppUser>(ended.UserId, cancellationToken) is { } user)
        {
            session.Delete(ended);
            Log(session, by, "user.session-end", user, $"{user.Name}, begun {ended.CreatedAt.UtcDateTime:u} from {ended.Address}");
        }

        return null;
    }, cancellationToken);

    /// <summary>Makes a link with which a person chooses a password, once. It ends the links made before it, and the person's sessions.</summary>
    /// <returns>Path and query of the link; or what is wrong.</returns>
    public async Task<(string? Path, string? Problem)> LinkAsync(ClaimsPrincipal by, Guid id, CancellationToken cancellationToken)
    {
        AppUser? found = null;
        var problem = await ChangeAsync(by, id, "user.link", user =>
        {
            found = user;
            return user.ExternalId is null ? $"one-time link for {user.Name}" : throw new InvalidOperationException("People of an OpenID provider have no password here.");
        }, cancellationToken);
        return problem is null
            ? ($"/welcome/{id}?code={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(found!))}", null)
            : (null, problem);
    }

    private static string? Problem(AccessRole role, IReadOnlyList<string>? accounts) => accounts is not null && role == AccessRole.Administrator
        ? "Administrators see all accounts: leave them empty, or choose another role."
        : Enum.IsDefined(role) ? AccountList.Problem(accounts) : "There is no such role.";

    private static string Words(AppUser user) => $"{user.Role.ToString().ToLowerInvariant()}, {AccountList.Words(user.Accounts)}";

    /// <param name="change">Changes the person; says for the log what, or null where nothing is to be done.</param>
    private Task<string?> ChangeAsync(ClaimsPrincipal by, Guid id, string action, Func<AppUser, string?> change, CancellationToken cancellationToken) => InTurnAsync(by, async (session, administrator) =>
    {
        if (await session.LoadAsync<AppUser>(id, cancellationToken) is not { } user || user.TenantId != administrator.TenantId)
        {
            return Gone;
        }

        if (change(user) is not { } detail)
        {
            return null;
        }

        if (user is not { Role: AccessRole.Administrator, DisabledAt: null } && !await session.Query<AppUser>().AnyAsync(
            other => other.TenantId == user.TenantId && other.Id != id && other.Role == AccessRole.Administrator && other.DisabledAt == null
                && (other.PasswordHash != null || other.ExternalId != null), cancellationToken))
        {
            return "This is the last administrator. Make somebody else one first.";
        }

        user.SecurityStamp = Guid.NewGuid().ToString("N"); // cookies, links and tokens made before end with it
        session.Store(user);
        session.DeleteWhere<BrowserSession>(ended => ended.UserId == id);
        Log(session, by, action, user, detail);
        return null;
    }, cancellationToken);

    private async Task<string?> InTurnAsync(ClaimsPrincipal by, Func<IDocumentSession, AppUser, Task<string?>> change, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var tenant = Roles.TenantOf(by);
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('people/' || $1, 0))", cancellationToken, tenant);
        var options = SessionOptions.ForTransaction(transaction);
        options.TenantId = tenant;
        await using var session = store.LightweightSession(options);

        // The page may have stood open since before a role was taken away.
        if (!Guid.TryParse(by.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            || await session.LoadAsync<AppUser>(id, cancellationToken) is not { Role: AccessRole.Administrator, DisabledAt: null } administrator || administrator.TenantId != tenant)
        {
            return NotYours;
        }

        if (await change(session, administrator) is { } problem)
        {
            return problem;
        }

        await session.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private void Log(IDocumentSession session, ClaimsPrincipal by, string action, AppUser user, string detail)
    {
        var speaker = Roles.SpeakerOf(by);
        session.Insert(AuditEntry.Of(time.GetUtcNow(), speaker.Name, speaker.Mouth, action, $"user/{user.Id}", detail));
    }
}

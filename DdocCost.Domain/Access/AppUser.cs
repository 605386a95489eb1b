using JasperFx.Metadata;

namespace DdocCost.Domain.Access;

/// <summary>A person who signs in, with a password kept here or at an OpenID provider. Document, outside of any tenant: it tells to which one the person belongs.</summary>
public sealed class AppUser : IVersioned
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>E-mail address or other name to sign in with, as entered.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name in upper case; unique.</summary>
    public string NormalizedName { get; set; } = "";

    /// <summary>Whose data the person sees.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>What the person may do.</summary>
    public AccessRole Role { get; set; }

    /// <summary>The only AWS accounts whose data the person sees; null for all of the tenant.</summary>
    public IReadOnlyList<string>? Accounts { get; set; }

    /// <summary>ASP.NET Core Identity's salted PBKDF2 hash; null until an invitation was taken, and for people of an OpenID provider.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Who the person is at an OpenID provider, as <c>issuer subject</c>; null where the password is kept here.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Changes with password, role, restriction and disabling: every session and one-time link made before ends with it.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Wrong passwords or codes in a row.</summary>
    public int AccessFailedCount { get; set; }

    /// <summary>Locked until then, UTC, or null.</summary>
    public DateTimeOffset? LockoutEnd { get; set; }

    /// <summary>A code of an authenticator app is asked for beside the password.</summary>
    public bool TwoFactor { get; set; }

    /// <summary>The key shared with the authenticator app, sealed.</summary>
    public string? SealedAuthenticatorKey { get; set; }

    /// <summary>Codes of the app that were used lately: each is good once (RFC 6238, 5.2).</summary>
    public IReadOnlyList<string> UsedCodes { get; set; } = [];

    /// <summary>Hashes of the recovery codes that are left.</summary>
    public IReadOnlyList<string> RecoveryCodeHashes { get; set; } = [];

    /// <summary>When an administrator shut the person out, UTC; null while the person may sign in.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>When the account was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Last sign-in, UTC; null for none yet.</summary>
    public DateTimeOffset? SignedInAt { get; set; }

    /// <summary>IANA name of the time zone in which times are shown; null for the browser's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Id of the <see cref="Wording.NumberStyle"/> in which numbers are shown; null for the usual one.</summary>
    public string? Numbers { get; set; }

    /// <summary>Guards against two writers; kept by Marten.</summary>
    public Guid Version { get; set; }
}

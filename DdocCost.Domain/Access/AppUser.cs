using JasperFx.Metadata;

namespace DdocCost.Domain.Access;

/// <summary>What a person may do here. Each role may do what the ones before it may.</summary>
public enum AccessRole
{
    /// <summary>Look.</summary>
    Viewer = 0,

    /// <summary>Acknowledge, add notes.</summary>
    Responder,

    /// <summary>Everything, the job dashboard included.</summary>
    Administrator,
}

/// <summary>A person who signs in with a password kept here. Document, outside of any tenant: it tells to which one the person belongs.</summary>
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

    /// <summary>ASP.NET Core Identity's salted PBKDF2 hash.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password; cookies with an older one end within minutes.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Wrong passwords in a row.</summary>
    public int AccessFailedCount { get; set; }

    /// <summary>Locked until then, UTC, or null.</summary>
    public DateTimeOffset? LockoutEnd { get; set; }

    /// <summary>When the account was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Guards against two writers; kept by Marten.</summary>
    public Guid Version { get; set; }
}

using JasperFx.Metadata;

namespace DdocCost.Domain.Access;

/// <summary>A pass for a program. Document, outside of any tenant: it tells to which one its bearer belongs. The secret itself is not kept.</summary>
public sealed class ApiToken : IVersioned
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>Whose data its bearer sees.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>What it is for, in its maker's words.</summary>
    public string Name { get; set; } = "";

    /// <summary>The person it acts for, with no more than that person's rights; null for a service token, which outlives its maker.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>What its bearer may do at most: the scopes <c>read</c>, <c>triage</c> and <c>admin</c>.</summary>
    public AccessRole Scope { get; set; }

    /// <summary>The only AWS accounts whose data its bearer sees; null for all that the owner sees.</summary>
    public IReadOnlyList<string>? Accounts { get; set; }

    /// <summary>SHA-256 of the secret, hexadecimal; unique. The secret has 256 random bits, so a slow hash would guard nothing.</summary>
    public string Hash { get; set; } = "";

    /// <summary>The first characters, by which its owner knows it again.</summary>
    public string Hint { get; set; } = "";

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Good until then, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Last use to the minute, UTC; null for none yet.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When it was revoked, UTC.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Guards against two writers; kept by Marten.</summary>
    public Guid Version { get; set; }
}

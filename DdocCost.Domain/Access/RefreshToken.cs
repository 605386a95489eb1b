using JasperFx.Metadata;

namespace DdocCost.Domain.Access;

/// <summary>What a program trades for its next short-lived token; good once. Document, outside of any tenant.</summary>
public sealed class RefreshToken : IVersioned
{
    /// <summary>SHA-256 of the secret, hexadecimal.</summary>
    public string Id { get; set; } = "";

    /// <summary>All that descend from one sign-in: where one is used twice, somebody copied it, and all end.</summary>
    public Guid Family { get; set; }

    /// <summary>Who signed in.</summary>
    public Guid UserId { get; set; }

    /// <summary>What may be done at most.</summary>
    public AccessRole Scope { get; set; }

    /// <summary>The person's security stamp at sign-in; a later one ends it.</summary>
    public string Stamp { get; set; } = "";

    /// <summary>Good until then, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was traded in, UTC.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>Guards against two writers; kept by Marten.</summary>
    public Guid Version { get; set; }
}

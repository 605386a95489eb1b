using JasperFx.Metadata;

namespace DdocCost.App.Ingest.Agents;

/// <summary>An agent that may send us records. Document, outside of any tenant: it tells to which one the records belong.</summary>
public sealed class EnrolledAgent : IVersioned
{
    /// <summary>Twelve letters and digits; part of its credentials.</summary>
    public string Id { get; set; } = "";

    /// <summary>Whose records they are.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>For people.</summary>
    public string Name { get; set; } = "";

    /// <summary>Accounts it may speak for; empty for any.</summary>
    public IReadOnlyList<string> Accounts { get; set; } = [];

    /// <summary>SHA-256 of the one-time token.</summary>
    public string TokenHash { get; set; } = "";

    /// <summary>Until when the token can be used, UTC.</summary>
    public DateTimeOffset TokenExpiresAt { get; set; }

    /// <summary>When it enrolled, UTC; null while it has not.</summary>
    public DateTimeOffset? EnrolledAt { get; set; }

    /// <summary>When it came with what it got by that, UTC, which used the token up; null while it has not: the answer may have been lost on its way.</summary>
    public DateTimeOffset? FirstSeenAt { get; set; }

    /// <summary>The host it enrolled from, as it said.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its credentials: the one in use, and while it is renewed the next.</summary>
    public IReadOnlyList<AgentCredential> Credentials { get; set; } = [];

    /// <summary>It may send nothing any more.</summary>
    public bool IsRevoked { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; set; } = "";

    /// <summary>Guards against two writers; kept by Marten.</summary>
    public Guid Version { get; set; }

    /// <summary>Its name in the intake.</summary>
    public string IntakeName => $"agent:{Id}";
}

/// <summary>A credential of an agent.</summary>
/// <param name="Hash">SHA-256, hexadecimal.</param>
/// <param name="ExpiresAt">Until when it is good, UTC.</param>
public sealed record AgentCredential(string Hash, DateTimeOffset ExpiresAt);

namespace DdocCost.Domain.Access;

/// <summary>A browser that is signed in. Document, outside of any tenant. Without it the browser's cookie opens nothing.</summary>
public sealed record BrowserSession
{
    /// <summary>SHA-256 of the key in the cookie, hexadecimal: whoever reads the database cannot become anybody.</summary>
    public required string Id { get; init; }

    /// <summary>Who.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Of which tenant.</summary>
    public required string TenantId { get; init; }

    /// <summary>The person's security stamp at its begin; a later one ends it.</summary>
    public required string Stamp { get; init; }

    /// <summary>What the cookie would hold, sealed.</summary>
    public required string Ticket { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last seen to some minutes, UTC.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Ends then, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>From which address it was begun.</summary>
    public string Address { get; init; } = "";

    /// <summary>What the browser calls itself, cut.</summary>
    public string Browser { get; init; } = "";
}

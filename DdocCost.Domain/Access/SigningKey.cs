namespace DdocCost.Domain.Access;

/// <summary>A key that signs tokens of the API (HS256). Document, outside of any tenant.</summary>
public sealed record SigningKey
{
    /// <summary>The <c>kid</c> in a token's header.</summary>
    public required string Id { get; init; }

    /// <summary>256 random bits, sealed.</summary>
    public required string SealedKey { get; init; }

    /// <summary>Made then, UTC. The newest signs.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

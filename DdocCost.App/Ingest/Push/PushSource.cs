namespace DdocCost.App.Ingest.Push;

/// <summary>How a sender proves who it is.</summary>
public enum PushKind
{
    /// <summary>A bearer token: EventBridge API destinations, scripts, SNS raw delivery.</summary>
    Token = 0,

    /// <summary>A shared secret that signs time and body of each request.</summary>
    Signature,

    /// <summary>Amazon SNS, which signs each message itself; the topics are named here.</summary>
    SnsTopic,
}

/// <summary>Somebody who sends us records over HTTP. Document, outside of any tenant: it tells to which one the records belong.</summary>
public sealed record PushSource
{
    /// <summary>Twelve letters and digits; part of its tokens.</summary>
    public required string Id { get; init; }

    /// <summary>Whose records they are.</summary>
    public required string TenantId { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>How it proves itself.</summary>
    public required PushKind Kind { get; init; }

    /// <summary>Accounts it may speak for; empty for any.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>ARNs of the topics, for <see cref="PushKind.SnsTopic"/>.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Its tokens or secrets; at most <see cref="PushDesk.MostKeys"/>, so that a new one can be used before the old one ends.</summary>
    public IReadOnlyList<PushKey> Keys { get; init; } = [];

    /// <summary>Switched off: everything is refused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Its name in the intake.</summary>
    public string IntakeName => $"push:{Id}";

    /// <summary>The accounts as the intake wants them; null for any.</summary>
    internal IReadOnlySet<string>? AccountSet => Accounts.Count == 0 ? null : Accounts.ToHashSet();
}

/// <summary>A token or a secret of a source. What it is is shown once, when it is made.</summary>
public sealed record PushKey
{
    /// <summary>Its first characters, to recognise it by.</summary>
    public required string Begins { get; init; }

    /// <summary>SHA-256 of a token, hexadecimal; null for a secret. It has 256 random bits, so that no slow hash is needed.</summary>
    public string? Hash { get; init; }

    /// <summary>A secret that signs, sealed; null for a token.</summary>
    public string? SealedSecret { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends, UTC; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it is good at a moment.</summary>
    public bool IsGood(DateTimeOffset now) => ExpiresAt is not { } end || now < end;
}

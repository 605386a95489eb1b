namespace DdocCost.Domain.Ingestion;

/// <summary>Something a source delivers: bytes that should be CloudTrail records in one of their envelopes.</summary>
/// <param name="Name">File path or object key.</param>
/// <param name="At">When it was delivered, UTC: the stamp in its name, or when it was written. The same whenever it is delivered again.</param>
/// <param name="Open">Opens its bytes; called once, on any thread.</param>
public sealed record Delivery(string Name, DateTimeOffset At, Func<Stream> Open)
{
    /// <summary>File path or object key, in characters that can be stored: NUL and halves of surrogate pairs, which some senders let through, are replaced.</summary>
    public string Name { get; init; } = Storable(Name);

    /// <summary>For a source that has files: what to remember as taken.</summary>
    public SourceFile? File { get; init; }

    /// <summary>It lies next to a trail's <c>AWSLogs</c> folder and not in it: JSON there that is not CloudTrail is no damaged log.</summary>
    public bool IsBesideTrail { get; init; }

    /// <summary>The accounts it may speak for; records of others are set aside and not taken. Null for any.</summary>
    public IReadOnlySet<string>? Accounts { get; init; }

    // Going through runes replaces what is half a character.
    private static string Storable(string name) => string.Concat(name.EnumerateRunes()).Replace('\0', '\uFFFD');
}

/// <summary>A file of a source, as it was when it was taken.</summary>
/// <param name="Path">Path within the source.</param>
/// <param name="Bytes">Size.</param>
/// <param name="ModifiedAt">Last write, UTC, to the microsecond.</param>
public sealed record SourceFile(string Path, long Bytes, DateTimeOffset ModifiedAt);

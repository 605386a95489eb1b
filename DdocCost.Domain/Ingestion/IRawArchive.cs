namespace DdocCost.Domain.Ingestion;

/// <summary>Where deliveries are kept as they came. Objects are gzipped, named by their content, and never change.</summary>
public interface IRawArchive
{
    /// <summary>Begins an object; nobody sees it before <see cref="StoreAsync"/>.</summary>
    ArchiveDraft Begin();

    /// <summary>Makes objects durable and visible under their keys. An object that is there already stays.</summary>
    Task StoreAsync(IReadOnlyCollection<ArchiveObject> objects, CancellationToken cancellationToken);

    /// <summary>Opens an object.</summary>
    /// <returns>Its gzipped bytes, to be disposed of by the caller.</returns>
    /// <exception cref="FileNotFoundException">There is none under this key.</exception>
    /// <exception cref="IOException">The archive cannot be read now.</exception>
    Task<Stream> OpenAsync(string key, CancellationToken cancellationToken);
}

/// <summary>A finished draft and the key it gets.</summary>
public sealed record ArchiveObject(string Key, ArchiveDraft Draft);

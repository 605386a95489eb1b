namespace DdocCost.Domain.Ingestion;

/// <summary>Deliveries that have been read, and lie in the archive as drafts: to be taken in together, or disposed of.</summary>
public sealed class ScannedDeliveries : IDisposable
{
    internal ScannedDeliveries(IReadOnlyList<DeliveryScan> scans, IReadOnlyList<(string Name, string Reason)> failed) => (Scans, Failed) = (scans, failed);

    /// <summary>What was read.</summary>
    internal IReadOnlyList<DeliveryScan> Scans { get; }

    /// <summary>What could not be opened or read to its end, with the reason.</summary>
    internal IReadOnlyList<(string Name, string Reason)> Failed { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var scan in Scans)
        {
            scan.Dispose();
        }
    }
}

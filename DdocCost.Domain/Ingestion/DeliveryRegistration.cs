using System.Security.Cryptography;
using System.Text;
using DdocCost.Domain.Queue;

namespace DdocCost.Domain.Ingestion;

/// <summary>A delivery as it goes into the store: what to register, what to send, what to set aside.</summary>
public sealed record DeliveryRegistration
{
    /// <summary>SHA-256 of the bytes as they came; unique per tenant.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>File path or object key.</summary>
    public required string Name { get; init; }

    /// <summary>Size as it came.</summary>
    public required long Bytes { get; init; }

    /// <summary>Size uncompressed.</summary>
    public required long PlainBytes { get; init; }

    /// <summary>Readable records.</summary>
    public required long Records { get; init; }

    /// <summary>How many pieces could not be read, which may be more than are kept.</summary>
    public required long RejectedCount { get; init; }

    /// <summary>The account that the rejected pieces count for: the delivery's where it has only one.</summary>
    public required string RejectedAccountId { get; init; }

    /// <summary>How late its records are.</summary>
    public DelayHistogram Delays { get; init; } = DelayHistogram.None;

    /// <summary>Remarks on the whole.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>What goes to the archive.</summary>
    public required IReadOnlyList<ArchiveObject> Objects { get; init; }

    /// <summary>What goes to the queue, not numbered yet.</summary>
    public required IReadOnlyList<DeliveryPointer> Pointers { get; init; }

    /// <summary>Rejected pieces, with ids derived from content and position.</summary>
    public required IReadOnlyList<(Guid Id, RejectedRecord Rejected)> Rejects { get; init; }

    /// <summary>Puts together what a scan found.</summary>
    internal static DeliveryRegistration Of(string tenantId, string source, DeliveryScan scan, IReadOnlyList<DeliveryPart> parts)
    {
        var name = scan.Delivery.Name;
        var objects = parts.Select(part => new ArchiveObject(ArchiveKey.Of(tenantId, part.AccountId, scan.Delivery.At, part.Draft.Digest), part.Draft)).ToList();
        return new DeliveryRegistration
        {
            ContentHash = scan.ContentHash,
            Name = name,
            Bytes = scan.Bytes,
            PlainBytes = scan.PlainBytes,
            Records = scan.Records,
            RejectedCount = scan.RejectedCount,
            RejectedAccountId = scan.RecordsOf.Count == 1 ? scan.RecordsOf.Keys.Single() : RawRecord.UnknownAccount,
            Delays = scan.Delays,
            Remarks = scan.Remarks,
            Objects = objects,
            Pointers = [.. parts.Zip(objects).Where(pair => pair.First.Records > 0).Select(pair => new DeliveryPointer(
                tenantId, pair.First.AccountId, 0, pair.Second.Key, name[Math.Max(0, name.Length - 200)..], pair.First.Records))],
            Rejects = [.. scan.Rejects.Select(rejected => (IdOf(scan.ContentHash, rejected), rejected))],
        };
    }

    private static Guid IdOf(byte[] contentHash, RejectedRecord rejected) =>
        new(SHA256.HashData([.. contentHash, .. Encoding.UTF8.GetBytes($"{rejected.Position}/{rejected.IsByteOffset}/{rejected.Reason}")]).AsSpan(0, 16));
}

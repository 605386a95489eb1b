namespace DdocCost.Domain.Ingestion;

/// <summary>The records of a delivery that may cost money, copied while it was read, and how many others there were.</summary>
public sealed class HeldRecords
{
    private readonly MayCost _mayCost;
    private readonly List<Held> _records = [];

    internal HeldRecords(MayCost mayCost) => _mayCost = mayCost;

    /// <summary>Records that cannot cost money.</summary>
    public long Others { get; private set; }

    /// <summary>Nothing that the scorer would want is missing.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Bytes held.</summary>
    public long Bytes { get; private set; }

    /// <summary>Keeps the record if it may cost money.</summary>
    internal void Add(in RawRecord record)
    {
        if (!_mayCost(record.EventSource, record.EventName))
        {
            Others++;
            return;
        }

        if (!record.Json.Span.Overlaps(record.EventSource, out var source) || !record.Json.Span.Overlaps(record.EventName, out var name))
        {
            IsWhole = false; // they do not lie in the record itself, so only the reader can tell where
            return;
        }

        _records.Add(new Held(
            record.Json.ToArray(), source, record.EventSource.Length, name, record.EventName.Length, record.Key, record.AccountId, record.Position));
        Bytes += record.Json.Length;
    }

    /// <summary>Gives the kept records to a receiver, in the order of the delivery.</summary>
    public void GiveTo(ITrailReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        foreach (var held in _records)
        {
            receiver.Accept(new RawRecord
            {
                Json = held.Json,
                EventSource = held.Json.AsSpan(held.Source, held.SourceLength),
                EventName = held.Json.AsSpan(held.Name, held.NameLength),
                Key = held.Key,
                AccountId = held.AccountId,
                Position = held.Position,
            });
        }
    }

    private readonly record struct Held(
        byte[] Json, int Source, int SourceLength, int Name, int NameLength, Guid Key, string AccountId, long Position);
}

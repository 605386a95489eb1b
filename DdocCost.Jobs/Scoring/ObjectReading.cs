using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Queue;

namespace DdocCost.Jobs.Scoring;

/// <summary>What an archived object says: the few events that may cost money, in order of time, and how many records are free.</summary>
internal sealed class ObjectReading : ITrailReceiver
{
    private readonly DeliveryPointer _delivery;
    private readonly EventCatalogue _catalogue;
    private readonly List<ResourceEvent> _events = [];
    private readonly List<(Guid Key, RejectedRecord Rejected)> _malformed = [];

    private ObjectReading(DeliveryPointer delivery, EventCatalogue catalogue) => (_delivery, _catalogue) = (delivery, catalogue);

    /// <summary>Events in <see cref="EventOrder"/>.</summary>
    public IReadOnlyList<ResourceEvent> Events => _events;

    /// <summary>Records that cannot be read as what they say they are.</summary>
    public IReadOnlyList<(Guid Key, RejectedRecord Rejected)> Malformed => _malformed;

    /// <summary>Records that cannot cost money.</summary>
    public long Free { get; private set; }

    /// <summary>Reads an object to its end.</summary>
    /// <exception cref="IOException">The archive cannot be read; <see cref="FileNotFoundException"/>: it has no such object.</exception>
    public static async Task<ObjectReading> OfAsync(DeliveryPointer delivery, IRawArchive archive, EventCatalogue catalogue, CancellationToken cancellationToken)
    {
        var reading = new ObjectReading(delivery, catalogue);
        if (delivery.Decision is not null)
        {
            return reading; // people's word, no object
        }

        await using var stored = await archive.OpenAsync(delivery.ArchiveKey, cancellationToken);
        TrailReader.Read(stored, delivery.Name, reading);
        reading._events.Sort(EventOrder.Instance);
        return reading;
    }

    /// <summary>Takes what the intake has read of it: the same as reading it again.</summary>
    public static ObjectReading Of(DeliveryPointer delivery, HeldRecords held, EventCatalogue catalogue)
    {
        var reading = new ObjectReading(delivery, catalogue) { Free = held.Others };
        held.GiveTo(reading);
        reading._events.Sort(EventOrder.Instance);
        return reading;
    }

    public void Accept(in RawRecord record)
    {
        if (!_catalogue.MayCost(record.EventSource, record.EventName))
        {
            Free++;
            return;
        }

        switch (_catalogue.Normalise(OfThisAccount(record), new RecordLocation(_delivery.ArchiveKey, record.Position)))
        {
            case NormaliseResult.Understood understood:
                _events.Add(understood.Event);
                break;
            case NormaliseResult.Malformed malformed:
                _malformed.Add((record.Key, RejectedRecord.From(_delivery.Name, record, malformed.Reason)));
                break;
            default:
                Free++;
                break;
        }
    }

    public void Reject(RejectedRecord rejected)
    {
        // Set aside by the intake already.
    }

    public void Note(string remark)
    {
        // Noted by the intake already.
    }

    /// <summary>
    /// The record under the account the intake found for it, which may have stood in an envelope or a path that is not in the archive, and
    /// without NUL characters, which JSON can write and the database cannot hold.
    /// </summary>
    private RawRecord OfThisAccount(in RawRecord record) => new()
    {
        Json = NulCharacters.Replace(record.Json),
        EventSource = record.EventSource,
        EventName = record.EventName,
        Key = record.Key,
        AccountId = _delivery.AccountId,
        Position = record.Position,
    };
}

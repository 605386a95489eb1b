using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Pipeline;

/// <summary>What one file of a replay gave: every record's key, and of the few records that may cost money what they mean.</summary>
internal sealed class ReplayReading(ReplayFile file, EventCatalogue catalogue) : ITrailReceiver
{
    private readonly List<ReadRecord> _records = [];
    private readonly List<RejectedRecord> _rejected = [];
    private readonly List<string> _notes = [];

    public ReplayFile File => file;

    /// <summary>Readable records in the order of the file.</summary>
    public IReadOnlyList<ReadRecord> Records => _records;

    public IReadOnlyList<RejectedRecord> Rejected => _rejected;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Uncompressed.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Why the file could not be opened or read, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Reads and understands a file. Files are independent, so any number can be read at once.</summary>
    public static ReplayReading Of(ReplayFile file, EventCatalogue catalogue)
    {
        var reading = new ReplayReading(file, catalogue);
        try
        {
            // The reader has a buffer of its own.
            using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            reading.BytesRead = TrailReader.Read(stream, file.Name, reading);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reading.Failure = failure;
            reading._rejected.Add(new RejectedRecord(file.Name, 0, IsByteOffset: true, $"cannot be read: {failure.Message}", ""));
        }

        return reading;
    }

    public void Accept(in RawRecord record)
    {
        var result = catalogue.MayCost(record.EventSource, record.EventName)
            ? catalogue.Normalise(record, new RecordLocation(file.Name, record.Position))
            : null;
        _records.Add(result switch
        {
            NormaliseResult.Understood understood => new ReadRecord(record.Key, understood.Event, null),
            NormaliseResult.Malformed malformed => new ReadRecord(record.Key, null, RejectedRecord.From(file.Name, record, malformed.Reason)),
            _ => new ReadRecord(record.Key, null, null),
        });
    }

    public void Reject(RejectedRecord rejected)
    {
        if (rejected.IsForeignJson && file.IsBesideTrail)
        {
            Note("JSON beside a trail's AWSLogs folder that is not CloudTrail, left alone");
        }
        else
        {
            _rejected.Add(rejected);
        }
    }

    public void Note(string remark) => _notes.Add(remark);
}

/// <summary>A record as read: free where it has neither event nor reject.</summary>
internal readonly record struct ReadRecord(Guid Key, ResourceEvent? Event, RejectedRecord? Malformed);

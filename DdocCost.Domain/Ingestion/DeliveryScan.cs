using System.Security.Cryptography;

namespace DdocCost.Domain.Ingestion;

/// <summary>
/// A delivery read once: copied to an archive draft as it came (gzipped where it was not), hashed, its records counted by account and what
/// cannot be read set aside.
/// </summary>
internal sealed class DeliveryScan : ITrailReceiver, IDisposable
{
    /// <summary>How many rejected pieces of one delivery are kept; the rest is counted. A file that is not CloudTrail at all has many.</summary>
    public const int MostRejectsKept = 1000;

    private readonly Dictionary<string, long> _recordsOf = [];
    private readonly List<RejectedRecord> _rejects = [];
    private readonly List<string> _remarks = [];
    private string _lastAccount = "";
    private long _lastAccountRecords;

    private DeliveryScan(Delivery delivery, ArchiveDraft draft) => (Delivery, Draft) = (delivery, draft);

    /// <summary>What was delivered.</summary>
    public Delivery Delivery { get; }

    /// <summary>Its bytes on their way to the archive, finished.</summary>
    public ArchiveDraft Draft { get; }

    /// <summary>SHA-256 of the bytes as they came.</summary>
    public byte[] ContentHash { get; private set; } = [];

    /// <summary>How many bytes came.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many they are uncompressed.</summary>
    public long PlainBytes { get; private set; }

    /// <summary>Readable records by account, in order of appearance.</summary>
    public IReadOnlyDictionary<string, long> RecordsOf => _recordsOf;

    /// <summary>What could not be read, as far as kept.</summary>
    public IReadOnlyList<RejectedRecord> Rejects => _rejects;

    /// <summary>How much could not be read.</summary>
    public long RejectedCount { get; private set; }

    /// <summary>Remarks on the delivery as a whole.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Readable records.</summary>
    public long Records => _recordsOf.Values.Sum();

    /// <summary>Reads a delivery to its end.</summary>
    /// <exception cref="IOException">It cannot be opened or read; nothing is kept of it.</exception>
    public static DeliveryScan Of(Delivery delivery, IRawArchive archive)
    {
        var scan = new DeliveryScan(delivery, archive.Begin());
        try
        {
            scan.Read();
            return scan;
        }
        catch
        {
            scan.Dispose();
            throw;
        }
    }

    public void Accept(in RawRecord record)
    {
        // Nearly every delivery is of one account, so the dictionary is touched when the account changes only.
        if (!string.Equals(record.AccountId, _lastAccount, StringComparison.Ordinal))
        {
            CountLastAccount();
            _lastAccount = record.AccountId;
        }

        _lastAccountRecords++;
    }

    public void Reject(RejectedRecord rejected)
    {
        if (rejected.IsForeignJson && Delivery.IsBesideTrail)
        {
            Note("JSON beside a trail's AWSLogs folder that is not CloudTrail, left alone");
            return;
        }

        RejectedCount++;
        if (_rejects.Count < MostRejectsKept)
        {
            _rejects.Add(rejected);
        }
    }

    public void Note(string remark)
    {
        if (!_remarks.Contains(remark))
        {
            _remarks.Add(remark);
        }
    }

    public void Dispose() => Draft.Dispose();

    private void Read()
    {
        using var delivered = Delivery.Open();
        using var copying = new CopyingStream(delivered, Draft);
        PlainBytes = TrailReader.Read(copying, Delivery.Name, this);
        CountLastAccount();
        copying.Finish();
        Draft.Finish();
        Bytes = copying.Bytes;
        ContentHash = copying.Digest ?? Draft.Digest.ToArray();
    }

    private void CountLastAccount()
    {
        if (_lastAccountRecords > 0)
        {
            _recordsOf[_lastAccount] = _recordsOf.GetValueOrDefault(_lastAccount) + _lastAccountRecords;
            _lastAccountRecords = 0;
        }
    }
}

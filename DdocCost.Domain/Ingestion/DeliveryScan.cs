using System.Security.Cryptography;
using System.Text;

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

    private readonly DelayHistogram.Builder _delays;

    private DeliveryScan(Delivery delivery, ArchiveDraft draft, HeldRecords? held, DateTimeOffset now)
    {
        (Delivery, Draft, Held) = (delivery, draft, held);
        _delays = new DelayHistogram.Builder(now);
    }

    /// <summary>What was delivered.</summary>
    public Delivery Delivery { get; }

    /// <summary>Its bytes on their way to the archive, finished.</summary>
    public ArchiveDraft Draft { get; }

    /// <summary>The records that the scorer will want, or null where they are not held.</summary>
    public HeldRecords? Held { get; }

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

    /// <summary>Whether it holds records of accounts that it may not speak for.</summary>
    public bool HasStrangers { get; private set; }

    /// <summary>How late its records are.</summary>
    public DelayHistogram Delays => _delays.Build();

    /// <summary>Remarks on the delivery as a whole.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Readable records.</summary>
    public long Records => _recordsOf.Values.Sum();

    /// <summary>Reads a delivery to its end.</summary>
    /// <exception cref="IOException">It cannot be opened or read; nothing is kept of it.</exception>
    public static DeliveryScan Of(Delivery delivery, IRawArchive archive, HeldRecords? held, DateTimeOffset now)
    {
        var scan = new DeliveryScan(delivery, archive.Begin(), held, now);
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
        if (Delivery.Accounts is { } accounts && !accounts.Contains(record.AccountId))
        {
            HasStrangers = true;
            Reject(RejectedRecord.From(Delivery.Name, record, $"this source may not speak for account {record.AccountId}"));
            return;
        }

        Held?.Add(record);
        _delays.Add(record.EventTime);
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
        var content = copying.Digest ?? Draft.Digest.ToArray();
        ContentHash = HasStrangers ? WithAccounts(content, Delivery.Accounts!) : content;
    }

    /// <summary>Only a part of these bytes is taken: a source that may speak for more must not find them known.</summary>
    private static byte[] WithAccounts(byte[] content, IReadOnlySet<string> accounts) =>
        SHA256.HashData([.. content, .. Encoding.UTF8.GetBytes(string.Join(',', accounts.Order(StringComparer.Ordinal)))]);

    private void CountLastAccount()
    {
        if (_lastAccountRecords > 0)
        {
            _recordsOf[_lastAccount] = _recordsOf.GetValueOrDefault(_lastAccount) + _lastAccountRecords;
            _lastAccountRecords = 0;
        }
    }
}

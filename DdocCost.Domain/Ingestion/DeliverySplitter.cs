namespace DdocCost.Domain.Ingestion;

/// <summary>One account's records of a delivery, as an archive object on its way.</summary>
/// <param name="AccountId">Account.</param>
/// <param name="Draft">Its bytes, finished.</param>
/// <param name="Records">How many records.</param>
internal sealed record DeliveryPart(string AccountId, ArchiveDraft Draft, long Records);

/// <summary>
/// Splits a delivery of several accounts, or of very many records, into parts of one account each, of a size that one transaction can
/// take. Within an account the order stays.
/// </summary>
internal sealed class DeliverySplitter : ITrailReceiver, IDisposable
{
    /// <summary>Most records in a part: what one scoring transaction should hold if every one of them costs money.</summary>
    public const int MostRecords = 20_000;

    private readonly IRawArchive _archive;
    private readonly IReadOnlySet<string>? _accounts;
    private readonly Dictionary<string, OpenPart> _open = [];
    private readonly List<DeliveryPart> _parts = [];

    private DeliverySplitter(IRawArchive archive, IReadOnlySet<string>? accounts) => (_archive, _accounts) = (archive, accounts);

    /// <summary>The parts of a delivery; a delivery that needs no splitting is its own only part.</summary>
    public static IReadOnlyList<DeliveryPart> Split(DeliveryScan scan, IRawArchive archive)
    {
        if (scan.RecordsOf.Count <= 1 && scan.Records <= MostRecords && !scan.HasStrangers)
        {
            return [new DeliveryPart(scan.RecordsOf.Keys.FirstOrDefault(RawRecord.UnknownAccount), scan.Draft, scan.Records)];
        }

        using var splitter = new DeliverySplitter(archive, scan.Delivery.Accounts);
        using var stored = new FileStream(scan.Draft.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        TrailReader.Read(stored, scan.Delivery.Name, splitter);
        foreach (var accountId in splitter._open.Keys.ToList())
        {
            splitter.End(accountId);
        }

        return splitter._parts;
    }

    public void Accept(in RawRecord record)
    {
        if (_accounts is { } accounts && !accounts.Contains(record.AccountId))
        {
            return; // set aside by the scan already
        }

        if (!_open.TryGetValue(record.AccountId, out var part))
        {
            _open.Add(record.AccountId, part = new OpenPart(_archive.Begin()));
        }

        part.Add(record.Json.Span);
        if (part.Records == MostRecords)
        {
            End(record.AccountId);
        }
    }

    public void Reject(RejectedRecord rejected)
    {
        // Set aside by the scan already.
    }

    public void Note(string remark)
    {
        // Noted by the scan already.
    }

    public void Dispose()
    {
        foreach (var part in _open.Values)
        {
            part.Abandon();
        }
    }

    private void End(string accountId)
    {
        _open.Remove(accountId, out var part);
        _parts.Add(new DeliveryPart(accountId, part!.Finish(), part.Records));
    }

    /// <summary>A part being written, in CloudTrail's own form: <c>{"Records":[…]}</c>.</summary>
    private sealed class OpenPart(ArchiveDraft draft)
    {
        private readonly Stream _json = draft.Compressing();

        public long Records { get; private set; }

        public void Add(ReadOnlySpan<byte> record)
        {
            _json.Write(Records++ == 0 ? """{"Records":["""u8 : ","u8);
            _json.Write(record);
        }

        public ArchiveDraft Finish()
        {
            _json.Write("]}"u8);
            _json.Dispose();
            draft.Finish();
            return draft;
        }

        public void Abandon()
        {
            _json.Dispose();
            draft.Dispose();
        }
    }
}

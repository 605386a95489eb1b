using System.Text;
using DdocCost.Domain.Ingestion;

namespace DdocCost.Tests.Ingestion.Reader;

/// <summary>A record as handed over, copied out of the reader's memory.</summary>
public sealed record Handed(string Source, string Name, Guid Key, string Account, long Position, string Json);

/// <summary>Everything a delivery gave.</summary>
public sealed class Reading : ITrailReceiver
{
    public List<Handed> Records { get; } = [];

    public List<RejectedRecord> Rejected { get; } = [];

    public List<string> Notes { get; } = [];

    public IEnumerable<string> Names => Records.Select(record => record.Name);

    public void Accept(in RawRecord record) => Records.Add(new Handed(
        Encoding.UTF8.GetString(record.EventSource), Encoding.UTF8.GetString(record.EventName), record.Key, record.AccountId, record.Position,
        Encoding.UTF8.GetString(record.Json.Span)));

    public void Reject(RejectedRecord rejected) => Rejected.Add(rejected);

    public void Note(string remark) => Notes.Add(remark);

    public static Reading Of(string text, string name = "delivery.json") => Of(Encoding.UTF8.GetBytes(text), name);

    public static Reading Of(byte[] bytes, string name = "delivery.json") => Of(new MemoryStream(bytes), name);

    public static Reading Of(Stream stream, string name = "delivery.json")
    {
        var reading = new Reading();
        TrailReader.Read(stream, name, reading);
        return reading;
    }
}

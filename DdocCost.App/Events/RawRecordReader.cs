using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;

namespace DdocCost.App.Events;

/// <summary>Finds a raw record in the archive again.</summary>
internal sealed class RawRecordReader(IRawArchive archive)
{
    private static readonly JsonWriterOptions Pretty = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The record as indented JSON, or null where the archive does not hold it any more.</summary>
    /// <remarks>A delivery is a stream, so all records before it are passed over; off the caller's thread.</remarks>
    public async Task<string?> ReadAsync(RecordLocation location, CancellationToken cancellationToken)
    {
        try
        {
            await using var delivery = await archive.OpenAsync(location.Source, cancellationToken);
            return await Task.Run(() => Find(delivery, location), cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string? Find(Stream delivery, RecordLocation location)
    {
        var finder = new Finder(location.Position);
        TrailReader.Read(delivery, location.Source, finder);
        return finder.Found is { } json ? Indent(json) : null;
    }

    private static string Indent(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Pretty))
        {
            document.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private sealed class Finder(long position) : ITrailReceiver
    {
        public byte[]? Found { get; private set; }

        public void Accept(in RawRecord record)
        {
            if (record.Position == position)
            {
                Found ??= record.Json.ToArray();
            }
        }

        public void Reject(RejectedRecord rejected)
        {
        }

        public void Note(string remark)
        {
        }
    }
}

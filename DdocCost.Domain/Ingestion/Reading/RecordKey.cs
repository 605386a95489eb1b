using System.Buffers.Text;
using System.IO.Hashing;
using System.Text.Json;

namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>What makes a record the same record wherever it is met.</summary>
internal static class RecordKey
{
    /// <summary>The eventID where it is a GUID, else a hash of the record's JSON content (records of version 1.0 have no eventID).</summary>
    public static Guid Of(ReadOnlySpan<byte> eventId, ReadOnlySpan<byte> json) =>
        eventId.Length == 36 && Utf8Parser.TryParse(eventId, out Guid id, out var consumed) && consumed == 36 ? id : HashOf(json);

    /// <summary>128-bit hash over the tokens, so that the same record pretty-printed has the same key.</summary>
    private static Guid HashOf(ReadOnlySpan<byte> json)
    {
        var hash = new XxHash128();
        var reader = new Utf8JsonReader(json);
        Span<byte> kind = stackalloc byte[1];
        while (reader.Read())
        {
            // The kind also separates neighbours: "a","bc" is not "ab","c".
            kind[0] = (byte)reader.TokenType;
            hash.Append(kind);
            hash.Append(reader.ValueSpan);
        }

        Span<byte> result = stackalloc byte[16];
        hash.GetHashAndReset(result);
        return new Guid(result, bigEndian: true);
    }
}

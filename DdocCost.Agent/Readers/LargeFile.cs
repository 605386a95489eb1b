using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace DdocCost.Agent.Readers;

/// <summary>Divides a log file that is too large for one batch into several, record by record, without holding it uncompressed.</summary>
internal static class LargeFile
{
    /// <summary>About so much is in a piece, uncompressed.</summary>
    public const int PieceBytes = 8 << 20;

    private const int LargestRecord = 16 << 20; // more the application does not read
    private const int HeadBytes = 4096;

    /// <summary>The file's records, in order, as log files of their own.</summary>
    /// <param name="content">The file, gzipped or not: <c>{"Records":[…]}</c>, <c>{"Events":[…]}</c>, or objects one behind the other.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of another form.</exception>
    public static IEnumerable<byte[]> Pieces(byte[] content)
    {
        Stream plain = new MemoryStream(content);
        using var stream = content is [0x1f, 0x8b, ..] ? new GZipStream(plain, CompressionMode.Decompress) : plain;
        var chunk = new byte[64 * 1024];
        var read = stream.ReadAtLeast(chunk.AsSpan(0, HeadBytes), HeadBytes, throwOnEndOfStream: false);
        var (list, start) = ListIn(chunk.AsSpan(0, read));
        using var piece = new Piece(list);
        for (; read > 0; (read, start) = (stream.Read(chunk), 0))
        {
            for (var i = start; i < read; i++)
            {
                if (piece.Add(chunk[i]) && piece.Length >= PieceBytes)
                {
                    yield return piece.Take();
                }
            }
        }

        if (piece.IsInRecord)
        {
            throw new InvalidDataException("it ends in the middle of a record");
        }

        if (piece.Length > 0)
        {
            yield return piece.Take();
        }
    }

    /// <summary>The name of the list that the file is, and where its first item can stand; null and 0 for objects one behind the other.</summary>
    private static (string? Name, int Start) ListIn(ReadOnlySpan<byte> head)
    {
        var reader = new Utf8JsonReader(head, isFinalBlock: false, default);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read()
                && (reader.ValueTextEquals("Records"u8) || reader.ValueTextEquals("Events"u8)) && reader.GetString() is { } name
                && reader.Read() && reader.TokenType == JsonTokenType.StartArray
                ? (name, (int)reader.BytesConsumed)
                : (null, 0);
        }
        catch (JsonException)
        {
            throw new InvalidDataException("it is not JSON");
        }
    }

    /// <summary>Whole objects put together; what stands between them is passed over.</summary>
    private sealed class Piece(string? list) : IDisposable
    {
        private readonly MemoryStream _whole = new();
        private readonly MemoryStream _record = new();
        private int _depth;
        private bool _inText;
        private bool _isEscaped;

        public long Length => _whole.Length;

        public bool IsInRecord => _depth > 0;

        /// <summary>Takes the next byte; true where it ends a record.</summary>
        public bool Add(byte next)
        {
            if (_depth == 0 && next != '{')
            {
                return false;
            }

            _record.WriteByte(next);
            if (_record.Length > LargestRecord)
            {
                throw new InvalidDataException($"it has a record of more than {LargestRecord >> 20} MiB");
            }

            if (_inText)
            {
                (_inText, _isEscaped) = (_isEscaped || next != '"', !_isEscaped && next == '\\');
                return false;
            }

            _inText = next == '"';
            _depth += next switch { (byte)'{' or (byte)'[' => 1, (byte)'}' or (byte)']' => -1, _ => 0 };
            return _depth == 0 && End();
        }

        /// <summary>What was put together so far; begins anew.</summary>
        public byte[] Take()
        {
            _whole.Write(list is null ? "\n"u8 : "]}"u8);
            var piece = _whole.ToArray();
            _whole.SetLength(0);
            return piece;
        }

        public void Dispose()
        {
            _whole.Dispose();
            _record.Dispose();
        }

        private bool End()
        {
            _whole.Write(_whole.Length == 0 ? Encoding.UTF8.GetBytes(list is null ? "" : $"{{\"{list}\":[") : list is null ? "\n"u8 : ","u8);
            _record.WriteTo(_whole);
            _record.SetLength(0);
            return true;
        }
    }
}

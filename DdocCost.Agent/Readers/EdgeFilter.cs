using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DdocCost.Agent.Spool;
using DdocCost.Protos.Agent.V1;
using Google.Protobuf;

namespace DdocCost.Agent.Readers;

/// <summary>
/// Leaves out records that cannot cost money, by the list that the application gave. What is not a log file, an event or a lookup answer in
/// good order is sent as it is: the application knows more shapes and keeps what is damaged.
/// </summary>
internal sealed class EdgeFilter
{
    private const int LargestPlain = 32 << 20;

    private readonly string _file;
    private readonly bool _everything;
    private volatile Rules? _rules;

    /// <summary>Begins with what was received last.</summary>
    /// <param name="file">Where that is kept.</param>
    /// <param name="everything">Leaves nothing out.</param>
    public EdgeFilter(string file, bool everything)
    {
        (_file, _everything) = (file, everything);
        if (File.Exists(file))
        {
            try
            {
                _rules = new Rules(Filter.Parser.ParseFrom(File.ReadAllBytes(file)));
            }
            catch (InvalidProtocolBufferException)
            {
                // The application sends it anew.
            }
        }
    }

    /// <summary>Version in use; empty for none.</summary>
    public string Version => _rules?.Filter.Version ?? "";

    /// <summary>Takes another one into use.</summary>
    public void Use(Filter filter)
    {
        File.WriteAllBytes(_file + ".new", filter.ToByteArray());
        File.Move(_file + ".new", _file, overwrite: true);
        _rules = new Rules(filter);
        Log.Info($"filter {filter.Version}: {filter.Operations.Count} operations are sent");
    }

    /// <summary>Filters something that was read.</summary>
    /// <returns>What to send, null for nothing; and how many records were left out.</returns>
    public (byte[]? Content, int Dropped) Apply(byte[] content)
    {
        if (_everything || _rules is not { Filter.Everything: false } rules || Plain(content) is not { } plain)
        {
            return (content, 0);
        }

        try
        {
            return rules.Apply(plain, content);
        }
        catch (JsonException)
        {
            return (content, 0);
        }
    }

    /// <summary>Uncompressed; null where it is damaged or very large, and so sent as it is.</summary>
    private static byte[]? Plain(byte[] content)
    {
        if (content is not [0x1f, 0x8b, ..])
        {
            return content;
        }

        try
        {
            using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            using var plain = new MemoryStream(content.Length * 12);
            var chunk = new byte[64 * 1024];
            int read;
            while ((read = gzip.Read(chunk)) > 0)
            {
                plain.Write(chunk, 0, read);
                if (plain.Length > LargestPlain)
                {
                    return null;
                }
            }

            return plain.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private sealed class Rules
    {
        private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _operations;

        public Rules(Filter filter)
        {
            Filter = filter;
            _operations = filter.Operations.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public Filter Filter { get; }

        public (byte[]? Content, int Dropped) Apply(byte[] plain, byte[] original)
        {
            var reader = new Utf8JsonReader(plain);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            {
                return (original, 0);
            }

            if (reader.ValueTextEquals("Records"u8) || reader.ValueTextEquals("Events"u8))
            {
                var name = reader.GetString()!;
                return reader.Read() && reader.TokenType == JsonTokenType.StartArray ? ApplyToList(name, plain, ref reader, original) : (original, 0);
            }

            // One event of EventBridge, or a bare record.
            return IsNoise(plain) ? (null, 1) : (original, 0);
        }

        private (byte[]?, int) ApplyToList(string name, byte[] plain, ref Utf8JsonReader reader, byte[] original)
        {
            var (kept, dropped) = (0, 0);
            using var output = new MemoryStream();
            output.Write(Encoding.UTF8.GetBytes($"{{\"{name}\":["));
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                var item = plain.AsSpan(start, (int)reader.BytesConsumed - start);
                if (reader.TokenType == JsonTokenType.EndObject && IsNoise(item))
                {
                    dropped++;
                    continue;
                }

                output.Write(kept++ == 0 ? [] : ","u8);
                output.Write(item);
            }

            while (reader.Read())
            {
                // To its end: it must be whole before anything is left out.
            }

            output.Write("]}"u8);
            return dropped == 0 ? (original, 0) : kept == 0 ? (null, dropped) : (output.ToArray(), dropped);
        }

        /// <summary>Whether it is a record, or carries one, whose operation is not on the list. Anything doubtful is not noise.</summary>
        private bool IsNoise(ReadOnlySpan<byte> item)
        {
            string? source = null, operation = null;
            var inDetail = false;
            var reader = new Utf8JsonReader(item);
            reader.Read();
            while (reader.Read() && (reader.TokenType == JsonTokenType.PropertyName || inDetail))
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    inDetail = false; // the end of detail
                    continue;
                }

                var isSource = reader.ValueTextEquals("eventSource"u8) || reader.ValueTextEquals("EventSource"u8);
                var isName = reader.ValueTextEquals("eventName"u8) || reader.ValueTextEquals("EventName"u8);
                var isDetail = !inDetail && reader.ValueTextEquals("detail"u8);
                reader.Read();
                if (isDetail && reader.TokenType == JsonTokenType.StartObject)
                {
                    inDetail = true;
                    continue;
                }

                if (isSource && reader.TokenType == JsonTokenType.String)
                {
                    source = reader.GetString();
                }
                else if (isName && reader.TokenType == JsonTokenType.String)
                {
                    operation = reader.GetString();
                }

                reader.Skip();
            }

            return source is { Length: > 0 } && operation is { Length: > 0 } && IsService(source, out var service) && !_operations.Contains($"{service}/{operation}");
        }

        // Notifications of S3 and SQS have sources such as aws:s3, and are not ours to judge.
        private static bool IsService(string source, out ReadOnlySpan<char> service)
        {
            service = source.EndsWith(".amazonaws.com", StringComparison.Ordinal) ? source.AsSpan(0, source.Length - ".amazonaws.com".Length)
                : source.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal) ? source.AsSpan(0, source.Length - ".amazonaws.com.cn".Length)
                : default;
            return service.Length > 0;
        }
    }
}

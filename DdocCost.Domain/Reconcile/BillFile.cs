using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;

namespace DdocCost.Domain.Reconcile;

/// <summary>Reads one file of a bill from a stream, holding one line at a time: CSV, plain or gzip, which its first bytes tell.</summary>
/// <exception cref="BillUnreadableException">It is no bill at all.</exception>
public static class BillFile
{
    private const int Buffer = 64 * 1024;

    /// <summary>Its lines. What is malformed goes to the tally and is passed over.</summary>
    /// <param name="content">The file; read once, left open.</param>
    /// <param name="tally">Counts.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async IAsyncEnumerable<BillLine> ReadAsync(Stream content, BillTally tally, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tally);
        var start = new byte[4];
        var had = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        if (had >= 4 && start.AsSpan().SequenceEqual("PAR1"u8))
            throw new BillUnreadableException("This is a Parquet file. Choose CSV in the export's settings, or convert it: only CSV and gzipped CSV are read.");
        await using var whole = new PrefixedStream(start.AsMemory(0, had), content);
        await using Stream plain = start is [0x1F, 0x8B, ..] ? new GZipStream(whole, CompressionMode.Decompress) : whole;
        using var guard = new RecordGuard(plain, tally.Refuse);
        var bad = false;
        using var parser = new CsvParser(guard, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false, IgnoreBlankLines = true, CacheFields = false, BufferSize = Buffer, BadDataFound = _ => bad = true,
        });
        if (!await NextAsync(parser) || parser.Record is not { } header || IBillFormat.Of(header) is not { } format)
            throw new BillUnreadableException("The first line names the columns of neither a Cost and Usage Report nor a FOCUS export.");
        tally.Format = format.Name;
        while (await NextAsync(parser))
        {
            cancellationToken.ThrowIfCancellationRequested();
            bad = false;
            var fields = parser.Record!;
            var outcome = bad ? LineOutcome.Bad("a quote inside of a field")
                : fields.Length != header.Length ? LineOutcome.Bad("another number of columns than the first line")
                : format.Read(fields);
            if (outcome.Problem is { } problem)
                tally.Refuse(parser.RawRow, problem);
            else
                tally.Lines++;
            if (outcome.Line is { } line)
                yield return line;
        }
    }

    private static async Task<bool> NextAsync(CsvParser parser)
    {
        try
        {
            return await parser.ReadAsync();
        }
        catch (InvalidDataException error)
        {
            throw new BillUnreadableException($"The gzip is damaged: {error.Message}");
        }
    }
}

/// <summary>A file that is no bill, with the reason for a person. Nothing of it is kept.</summary>
public sealed class BillUnreadableException(string message) : Exception(message);

using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;
using DdocCost.Domain.Ingestion;

namespace DdocCost.Domain.Reconcile;

/// <summary>Reads one file of a bill from a stream: CSV, plain or gzip, holding one line at a time, or Parquet. Its first bytes tell which.</summary>
/// <exception cref="BillUnreadableException">It is no bill at all.</exception>
public static class BillFile
{
    /// <summary>The format's name of what Cost Explorer told.</summary>
    public const string CostExplorer = "Cost Explorer";

    /// <summary>The column by which that is known.</summary>
    public const string CostExplorerColumn = "x_CostExplorer";

    private const int Buffer = 64 * 1024;

    /// <summary>Its lines. What is malformed goes to the tally and is passed over.</summary>
    /// <param name="content">The file; read once, left open.</param>
    /// <param name="tally">Counts.</param>
    /// <param name="columnar">Reads Parquet.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async IAsyncEnumerable<BillLine> ReadAsync(Stream content, BillTally tally, IColumnarBill columnar, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tally);
        ArgumentNullException.ThrowIfNull(columnar);
        var start = new byte[4];
        var had = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        await using var whole = new PrefixedStream(start[..had], content);
        var lines = had >= 4 && start.AsSpan().SequenceEqual("PAR1"u8) ? ColumnsAsync(whole, tally, columnar, cancellationToken) : TextAsync(whole, start, tally, cancellationToken);
        await foreach (var (number, outcome) in lines)
        {
            if (outcome.Problem is { } problem)
                tally.Refuse(number, problem);
            else
                tally.Lines++;
            if (outcome.Line is { } line)
                yield return line;
        }
    }

    private static async IAsyncEnumerable<(long Number, LineOutcome Outcome)> ColumnsAsync(
        Stream whole, BillTally tally, IColumnarBill columnar, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (IBillFormat? format, var number) = (null, 0L);
        await foreach (var fields in columnar.ReadAsync(whole, BillColumns.IsUsed, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (number++ > 0)
                yield return (number, format!.Read(fields));
            else
                tally.Format = (format = FormatOf(fields)).Name;
        }
    }

    private static async IAsyncEnumerable<(long Number, LineOutcome Outcome)> TextAsync(
        Stream whole, byte[] start, BillTally tally, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using Stream plain = start is [0x1F, 0x8B, ..] ? new GZipStream(whole, CompressionMode.Decompress) : whole;
        using var guard = new RecordGuard(plain, tally.Refuse);
        var bad = false;
        using var parser = new CsvParser(guard, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false, IgnoreBlankLines = true, CacheFields = false, BufferSize = Buffer, BadDataFound = _ => bad = true,
        });
        var header = await NextAsync(parser) && parser.Record is { } first ? first : [];
        var format = FormatOf(header);
        tally.Format = format.Name;
        while (await NextAsync(parser))
        {
            cancellationToken.ThrowIfCancellationRequested();
            bad = false;
            var fields = parser.Record!;
            yield return (parser.RawRow, bad ? LineOutcome.Bad("a quote inside of a field")
                : fields.Length != header.Length ? LineOutcome.Bad("another number of columns than the first line")
                : format.Read(fields));
        }
    }

    private static IBillFormat FormatOf(string[] header) =>
        IBillFormat.Of(header) ?? throw new BillUnreadableException("The first line names the columns of neither a Cost and Usage Report nor a FOCUS export.");

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

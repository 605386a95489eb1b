using System.Globalization;
using System.IO.Compression;

namespace DdocCost.Domain.Pricing;

/// <summary>The listed prices, by service and product: the rows of <c>Data/prices.tsv.gz</c>.</summary>
internal static class PriceTable
{
    private const int Columns = 9;

    /// <summary>Reads the rows; those of one product must follow each other.</summary>
    public static Dictionary<(string Service, string Product), ListPrice[]> Read(Stream gzip)
    {
        var products = new Dictionary<(string, string), ListPrice[]>(6_000);
        var texts = new Dictionary<string, string>(1_000).GetAlternateLookup<ReadOnlySpan<char>>();
        var rows = new List<ListPrice>(64);
        Span<Range> cells = stackalloc Range[Columns + 1];
        using var reader = new StreamReader(new GZipStream(gzip, CompressionMode.Decompress), bufferSize: 1 << 16);
        while (reader.ReadLine() is { } line)
        {
            var row = line.AsSpan();
            if (row.Split(cells, '\t') != Columns)
                throw new InvalidDataException($"a price has {Columns} columns: {line}");
            var (service, product) = rows is [var last, ..] ? (last.Service, last.Product) : ("", "");
            if (!row[cells[0]].SequenceEqual(service) || !row[cells[1]].SequenceEqual(product))
            {
                Close();
                (service, product) = (Once(row[cells[0]]), row[cells[1]].ToString());
            }

            var note = row[cells[8]];
            rows.Add(new ListPrice(
                service, product, Once(row[cells[2]]), Once(row[cells[3]]), decimal.Parse(row[cells[4]], CultureInfo.InvariantCulture),
                Once(row[cells[5]]), Once(row[cells[6]]), Confidence(row[cells[7]]), note.IsEmpty ? null : Once(note)));
        }

        Close();
        return products;

        void Close()
        {
            if (rows.Count > 0)
                products.Add((rows[0].Service, rows[0].Product), [.. rows]);
            rows.Clear();
        }

        // Regions, units, sources and notes repeat; one string each keeps 70,000 rows small.
        string Once(ReadOnlySpan<char> text)
        {
            if (!texts.TryGetValue(text, out var known))
                texts[text] = known = text.ToString();
            return known;
        }
    }

    private static PriceConfidence Confidence(ReadOnlySpan<char> letter) => letter switch
    {
        "H" => PriceConfidence.High,
        "M" => PriceConfidence.Medium,
        "L" => PriceConfidence.Low,
        _ => throw new InvalidDataException($"confidence is H, M or L, not '{letter}'"),
    };
}

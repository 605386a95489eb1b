using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace DdocCost.Domain.Pricing;

/// <summary>
/// Listed prices by service and product: the rows of <c>Data/prices.tsv.gz</c>, or of a refresh. Rows of one product follow each other; they
/// are found when the table is read, and parsed when they are first asked for, since a process asks for a few hundred of thousands.
/// </summary>
internal sealed class PriceTable
{
    private const int Columns = 9;

    private readonly byte[] text;
    private readonly Dictionary<(string Service, string Product), Product> products = new(6_000);
    private readonly Dictionary<string, string> texts = new(1_000);
    private readonly Lock parsing = new();

    private PriceTable(byte[] text)
    {
        this.text = text;
        Product? open = null;
        var prefix = default(Range);
        for (var at = 0; at < text.Length;)
        {
            var line = text.AsSpan(at);
            var end = line.IndexOf((byte)'\n') is >= 0 and var newline ? newline : line.Length;
            var key = KeyLength(line[..end]);
            if (open is null || !line[..key].SequenceEqual(text.AsSpan(prefix)))
            {
                prefix = at..(at + key);
                products.Add(Key(line[..key]), open = new Product { Start = at });
            }

            open.Rows++;
            open.End = at + end;
            at += end + 1;
        }
    }

    /// <summary>How many rows.</summary>
    public int Count => products.Values.Sum(product => product.Rows);

    /// <summary>All rows, in the table's order.</summary>
    public IEnumerable<ListPrice> All => products.Keys.SelectMany(key => Find(key.Service, key.Product)!);

    /// <summary>The products that are listed.</summary>
    public IEnumerable<(string Service, string Product)> Products => products.Keys;

    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or the rows of a product do not follow each other.</exception>
    public static PriceTable Read(Stream gzip)
    {
        using var unzip = new GZipStream(gzip, CompressionMode.Decompress);
        using var all = new MemoryStream(8 << 20);
        unzip.CopyTo(all);
        try
        {
            return new PriceTable(all.GetBuffer().AsSpan(0, (int)all.Length).ToArray());
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException("the rows of a product must follow each other");
        }
    }

    /// <summary>Writes rows as a table.</summary>
    public static byte[] Write(IEnumerable<ListPrice> rows)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Optimal))
        using (var lines = new StreamWriter(zip, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            var sorted = rows.OrderBy(row => row.Service, StringComparer.Ordinal).ThenBy(row => row.Product, StringComparer.Ordinal).ThenBy(row => row.Region, StringComparer.Ordinal);
            foreach (var row in sorted)
                lines.WriteLine(string.Join('\t', row.Service, row.Product, row.Region, row.Unit, row.Usd.ToString(CultureInfo.InvariantCulture), row.Source, row.Observed, Letter(row.Confidence), row.Note));
        }

        return bytes.ToArray();
    }

    /// <summary>The rows of a product, one a region; null where it is not listed.</summary>
    public ListPrice[]? Find(string service, string product) =>
        products.TryGetValue((service, product), out var found) ? found.Prices ?? Parse(found, service, product) : null;

    private ListPrice[] Parse(Product found, string service, string product)
    {
        lock (parsing)
        {
            if (found.Prices is not null)
                return found.Prices;
            var prices = new List<ListPrice>(found.Rows);
            var rows = text.AsSpan(found.Start..found.End);
            foreach (var line in rows.Split((byte)'\n'))
                prices.Add(Parse(rows[line], service, product));
            return found.Prices = [.. prices];
        }
    }

    private ListPrice Parse(ReadOnlySpan<byte> row, string service, string product)
    {
        Span<Range> cells = stackalloc Range[Columns];
        var count = 0;
        foreach (var cell in row.Split((byte)'\t'))
        {
            if (count < Columns)
                cells[count] = cell;
            count++;
        }

        if (count != Columns)
            throw new InvalidDataException($"a price has {Columns} columns: {Encoding.UTF8.GetString(row)}");
        var note = Once(row[cells[8]]);
        return new ListPrice(
            service, product, Once(row[cells[2]]), Once(row[cells[3]]), decimal.Parse(row[cells[4]], CultureInfo.InvariantCulture),
            Once(row[cells[5]]), Once(row[cells[6]]), Confidence(row[cells[7]]), note.Length == 0 ? null : note);
    }

    private static int KeyLength(ReadOnlySpan<byte> line)
    {
        var service = line.IndexOf((byte)'\t');
        var product = service < 0 ? -1 : line[(service + 1)..].IndexOf((byte)'\t');
        return product < 0 ? throw new InvalidDataException($"a price has {Columns} columns: {Encoding.UTF8.GetString(line)}") : service + 1 + product + 1;
    }

    private (string Service, string Product) Key(ReadOnlySpan<byte> key)
    {
        var tab = key.IndexOf((byte)'\t');
        return (Once(key[..tab]), Encoding.UTF8.GetString(key[(tab + 1)..^1]));
    }

    // Regions, units, sources and notes repeat: one string each.
    private string Once(ReadOnlySpan<byte> cell)
    {
        var told = Encoding.UTF8.GetString(cell);
        return texts.TryAdd(told, told) ? told : texts[told];
    }

    private static PriceConfidence Confidence(ReadOnlySpan<byte> letter) => letter is [var only] ? (char)only switch
    {
        'H' => PriceConfidence.High,
        'M' => PriceConfidence.Medium,
        'L' => PriceConfidence.Low,
        _ => throw new InvalidDataException($"confidence is H, M or L, not '{(char)only}'"),
    }
        : throw new InvalidDataException("confidence is H, M or L");

    private static char Letter(PriceConfidence confidence) => confidence switch { PriceConfidence.High => 'H', PriceConfidence.Medium => 'M', _ => 'L' };

    private sealed class Product
    {
        public int Start { get; init; }

        public int End { get; set; }

        public int Rows { get; set; }

        public ListPrice[]? Prices { get; set; }
    }
}

// Makes the price book that is embedded in DdocCost.Domain from a folder of gathered list prices.
//
//   dotnet run ops/prices/make-price-book.cs -- FOLDER
//
// Run by a developer when the gathered prices were renewed; the result is committed. The same input gives the same bytes.
// FOLDER holds ec2-on-demand.csv, ec2-on-demand-cn-cny.csv, ec2-derived.csv, ec2-local-zones.csv, services.csv, database-nodes.csv.gz, unverified.csv and
// region-multipliers.csv, each with a header line; additions.csv beside this program corrects and completes them. Writes to DdocCost.Domain/Pricing/Data:
//   prices.tsv.gz            service, product, region, unit, usd, source, observed, confidence (H, M, L), note; sorted by the first three
//   china-ec2.tsv            EC2 type, CNY an hour, month it was seen: cn-north-1, whose price list is in yuan
//   instance-types.tsv       EC2 type, vCPU, memory in GiB, number of GPUs
//   region-multipliers.csv   as it came
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

if (args.Length != 1 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("usage: dotnet run ops/prices/make-price-book.cs -- FOLDER");
    return 2;
}

var folder = args[0];
var data = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../DdocCost.Domain/Pricing/Data");
var prices = new SortedDictionary<string, Row>(StringComparer.Ordinal);
var types = new SortedDictionary<string, string>(StringComparer.Ordinal);

// In the order of trust: the first that names a price wins.
foreach (var r in Read(Path.Combine(Path.GetDirectoryName(ThisFile())!, "additions.csv")))
    Add(new(r["service"], r["resource_type"], r["region"], r["unit"], r["usd"], r["source"], r["observed"], r["confidence"][0], r["note"]));
foreach (var r in Read("ec2-on-demand.csv"))
{
    Add(new("ec2", r["instance_type"], r["region"], "hour", r["usd_per_hour"], r["source"], r["observed"], 'H', ""));
    AddType(r);
}

foreach (var r in Read("ec2-local-zones.csv"))
{
    Add(new("ec2", r["instance_type"], r["zone_group"], "hour", r["usd_per_hour"], r["source"], r["observed"], 'H', ""));
    AddType(r);
}

foreach (var r in Read("services.csv"))
    Add(new(r["service"], r["resource_type"], r["region"], r["unit"], r["usd"], r["source"], r["observed"], Trust(r), Trust(r) == 'H' ? "" : r["note"]));
foreach (var r in Read("database-nodes.csv.gz"))
    Add(new(r["service"], r["resource_type"], r["region"], r["unit"], r["usd"], r["source"], r["observed"], 'H', r["note"]));
foreach (var r in Read("ec2-derived.csv"))
{
    Add(new("ec2", r["instance_type"], r["region"], "hour", r["usd_per_hour"], "derived", "", 'M', "derived from the region's " + r["derived_from"] + " price"));
    AddType(r);
}

foreach (var r in Read("unverified.csv"))
    Add(new(r["service"], r["resource_type"], r["region"], r["unit"], r["usd"], "unverified", "", 'L', "price not verified"));

using (var file = File.Create(Path.Combine(data, "prices.tsv.gz")))
using (var zip = new GZipStream(file, CompressionLevel.SmallestSize))
using (var text = new StreamWriter(zip, new UTF8Encoding(false)) { NewLine = "\n" })
    foreach (var r in prices.Values)
        text.WriteLine(string.Join('\t', r.Service, r.Product, r.Region, r.Unit, r.Usd, r.Source, r.Observed, r.Confidence, r.Note));
var china = Read("ec2-on-demand-cn-cny.csv").ToList();
foreach (var r in china)
    AddType(r);
File.WriteAllText(
    Path.Combine(data, "china-ec2.tsv"),
    string.Concat(china.OrderBy(r => r["instance_type"], StringComparer.Ordinal).Select(r => $"{r["instance_type"]}\t{r["cny_per_hour"]}\t{r["observed"]}\n")));
File.WriteAllText(Path.Combine(data, "instance-types.tsv"), string.Join('\n', types.Values) + "\n");
File.WriteAllText(Path.Combine(data, "region-multipliers.csv"), File.ReadAllText(Path.Combine(folder, "region-multipliers.csv")));
Console.WriteLine($"{prices.Count} prices, {types.Count} instance types");
return 0;

void Add(Row row)
{
    if (!(decimal.TryParse(row.Usd, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd) && usd > 0))
        throw new InvalidDataException($"not a price: {row}");
    if (string.Concat(row.Product, row.Note, row.Source).Contains('\t'))
        throw new InvalidDataException($"holds a tabulator: {row}");
    prices.TryAdd($"{row.Service}\t{row.Product}\t{row.Region}", row);
}

void AddType(Dictionary<string, string> r)
{
    if (r["vcpu"].Length > 0)
        types.TryAdd(r["instance_type"], string.Join('\t', r["instance_type"], r["vcpu"], r["memory_gib"], r["gpu"]));
}

// Hand-made tables, inferred keys and prices known to be outdated are not list prices for exactly this.
static char Trust(Dictionary<string, string> r) =>
    r["note"].Contains("inferred") || r["note"].Contains("expect a lower rate") || r["source"] is "jhuapl-wiki" or "zindi" or "goerlitz" ? 'M' : 'H';

IEnumerable<Dictionary<string, string>> Read(string name)
{
    using Stream file = File.OpenRead(Path.Combine(folder, name));
    using var reader = new StreamReader(name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    var header = Split(reader.ReadLine()!);
    while (reader.ReadLine() is { } line)
        yield return header.Zip(Split(line)).ToDictionary(pair => pair.First, pair => pair.Second);
}

static List<string> Split(string line)
{
    var fields = new List<string>();
    var field = new StringBuilder();
    var quoted = false;
    foreach (var c in line)
    {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
        {
            fields.Add(field.ToString());
            field.Clear();
        }
        else
            field.Append(c);
    }

    fields.Add(field.ToString());
    return fields;
}

static string ThisFile([CallerFilePath] string path = "") => path;

sealed record Row(string Service, string Product, string Region, string Unit, string Usd, string Source, string Observed, char Confidence, string Note);

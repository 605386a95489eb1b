using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Pricing;

namespace DdocCost.Benchmarks;

/// <summary>
/// What one cost-bearing record takes, and the price book: processor time and heap of single operations, medians of the rounds. The target
/// is 5 µs and 2 KB for normalise and price together, 200 ns and no heap for a look-up, 150 ms for loading the book.
/// </summary>
internal static class CostBearing
{
    private const int Lookups = 200_000;

    /// <summary>How often each record is taken in a round: long enough for the clock, and the code is compiled for good after the first.</summary>
    private const int Times = 20;

    /// <summary>Measures on one core.</summary>
    /// <param name="args">Files, rounds.</param>
    public static int Run(string[] args)
    {
        var fileCount = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 40;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7;
        if (OperatingSystem.IsLinux())
        {
            Process.GetCurrentProcess().ProcessorAffinity = 1;
        }

        var folder = Directory.CreateTempSubdirectory("ddoc-benchmarks-");
        try
        {
            Console.Write(Measure(new TrailFiles(seed: 1).Write(folder.FullName, fileCount), rounds));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Measure(string[] files, int rounds)
    {
        var loaded = Loading();
        var records = new Keeping();
        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            TrailReader.Read(stream, file, records);
        }

        var kept = records.Kept;
        var all = kept.Count * Times;
        var book = PriceBook.Embedded;
        (string Name, int Count, Action Run)[] cases =
        [
            ("parse the JSON alone", all, () => Each(kept, record => JsonDocument.Parse(record.Json).Dispose())),
            ("normalise", all, () => Each(kept, record => Normalise(record))),
            ("normalise + price", all, () => Each(kept, record => Price(Normalise(record), book))),
            ("normalise + price + ledger", all, () => Ledger(kept)),
            ("look-up of a listed price", Lookups, () => LookUp(book, "ec2", "m5.large", "eu-central-1")),
            ("look-up of a derived price", Lookups, () => LookUp(book, "ec2", "m11g.4xlarge", "eu-central-1")),
        ];
        var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kept.Count:N0} cost-bearing records of {kept.Average(record => record.Json.Length):N0} bytes; the price book loads in {loaded:N0} ms of processor time"));
        text.WriteLine();
        text.WriteLine("|                            |       ns | bytes allocated |");
        text.WriteLine("| -------------------------- | -------: | --------------: |");
        foreach (var (name, count, run) in cases)
        {
            var (ns, bytes) = Median(count, run, rounds);
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name,-26} | {ns,8:N0} | {bytes,15:N0} |"));
        }

        return text.ToString();
    }

    private static (double Nanoseconds, double Bytes) Median(int count, Action run, int rounds)
    {
        // Compiled code is replaced by better code in the background, some 100 ms after it was first called often enough.
        for (var warm = 0; warm < 3; warm++)
        {
            run();
            Thread.Sleep(150);
        }

        List<(double Ns, double Bytes)> measured = [];
        for (var round = 0; round < rounds; round++)
        {
            GC.Collect();
            var (allocated, used) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
            run();
            measured.Add(((Environment.CpuUsage.TotalTime - used).TotalNanoseconds / count, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)count));
        }

        return (measured.Select(m => m.Ns).Order().ElementAt(rounds / 2), measured.Select(m => m.Bytes).Order().ElementAt(rounds / 2));
    }

    /// <summary>The first load in this process, the compilation of its code included, as a start pays it.</summary>
    private static double Loading()
    {
        var used = Environment.CpuUsage.TotalTime;
        _ = PriceBook.Embedded.Find("ec2", "m5.large", "eu-west-1");
        return (Environment.CpuUsage.TotalTime - used).TotalMilliseconds;
    }

    private static void Each(List<Kept> records, Action<Kept> take)
    {
        for (var time = 0; time < Times; time++)
        {
            records.ForEach(take);
        }
    }

    private static ResourceEvent Normalise(in Kept record)
    {
        var raw = new RawRecord { Json = record.Json, EventSource = record.Source, EventName = record.Name, Key = record.Key, AccountId = record.Account, Position = 0 };
        return EventCatalogue.Default.Normalise(raw, null) is NormaliseResult.Understood { Event: var e } ? e : throw new InvalidOperationException("not understood");
    }

    private static void Price(ResourceEvent e, PriceBook book)
    {
        for (var i = 0; i < e.Changes.Count; i++)
        {
            _ = PricedResources.Price(e.Changes[i], e.Region, book);
        }
    }

    private static void Ledger(List<Kept> records)
    {
        for (var time = 0; time < Times; time++)
        {
            var accounts = new Dictionary<string, AccountState>();
            foreach (var record in records)
            {
                if (!accounts.TryGetValue(record.Account, out var state))
                {
                    accounts.Add(record.Account, state = new AccountState(new AccountSnapshot { AccountId = record.Account }));
                }

                state.Ledger.Apply(Normalise(record));
            }
        }
    }

    private static void LookUp(PriceBook book, string service, string product, string region)
    {
        for (var i = 0; i < Lookups; i++)
        {
            _ = book.Find(service, product, region);
        }
    }

    private sealed record Kept(byte[] Json, byte[] Source, byte[] Name, Guid Key, string Account);

    private sealed class Keeping : ITrailReceiver
    {
        public List<Kept> Kept { get; } = [];

        public void Accept(in RawRecord record)
        {
            if (EventCatalogue.Default.MayCost(record.EventSource, record.EventName))
            {
                Kept.Add(new(record.Json.ToArray(), record.EventSource.ToArray(), record.EventName.ToArray(), record.Key, record.AccountId));
            }
        }

        public void Reject(RejectedRecord rejected) => throw new InvalidOperationException(rejected.ToString());

        public void Note(string remark) => throw new InvalidOperationException(remark);
    }
}

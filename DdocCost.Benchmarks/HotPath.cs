using System.IO.Compression;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;

namespace DdocCost.Benchmarks;

/// <summary>The stages of the hot path, each with all those before it.</summary>
internal static class HotPath
{
    public static IEnumerable<IStage> Stages() =>
    [
        new Gunzip(),
        new Reading("+ split into records", () => new Counting()),
        new Reading("+ filter", () => new Filtering()),
        new Reading("+ normalise", () => new Normalising()),
        new Reading("+ price", () => new Pricing()),
        new Reading("+ score, all stages", () => new Scoring()),
    ];

    /// <summary>Measures work of this process.</summary>
    private abstract class Inside(string name) : IStage
    {
        public string Name => name;

        public Measurement Run(string[] files)
        {
            GC.Collect();
            var (allocated, used) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
            var (records, bytes) = Go(files);
            used = Environment.CpuUsage.TotalTime - used;
            return new Measurement(used.TotalSeconds, records, bytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
        }

        protected abstract (long Records, long Bytes) Go(string[] files);
    }

    /// <summary>Uncompresses only.</summary>
    private sealed class Gunzip() : Inside("gunzip in .NET")
    {
        private readonly byte[] _buffer = new byte[128 * 1024];

        protected override (long Records, long Bytes) Go(string[] files)
        {
            var bytes = 0L;
            foreach (var file in files)
            {
                using var gzip = new GZipStream(Open(file), CompressionMode.Decompress);
                for (int read; (read = gzip.Read(_buffer)) > 0; bytes += read)
                {
                }
            }

            return (0, bytes);
        }
    }

    /// <summary>Reads the records and does something with each.</summary>
    private sealed class Reading(string name, Func<Counting> receiver) : Inside(name)
    {
        protected override (long Records, long Bytes) Go(string[] files)
        {
            var (bytes, taken) = (0L, receiver());
            foreach (var file in files)
            {
                using var stream = Open(file);
                bytes += TrailReader.Read(stream, file, taken);
            }

            return (taken.Records, bytes);
        }
    }

    private class Counting : ITrailReceiver
    {
        public long Records { get; private set; }

        public virtual void Accept(in RawRecord record) => Records++;

        public void Reject(RejectedRecord rejected) => throw new InvalidOperationException(rejected.ToString());

        public void Note(string remark) => throw new InvalidOperationException(remark);
    }

    private class Filtering : Counting
    {
        public sealed override void Accept(in RawRecord record)
        {
            base.Accept(record);
            if (EventCatalogue.Default.MayCost(record.EventSource, record.EventName))
            {
                Take(record);
            }
        }

        protected virtual void Take(in RawRecord record)
        {
        }
    }

    private class Normalising : Filtering
    {
        protected sealed override void Take(in RawRecord record)
        {
            if (EventCatalogue.Default.Normalise(record, new RecordLocation("benchmark", record.Position)) is NormaliseResult.Understood { Event: var e })
            {
                Take(e);
            }
        }

        protected virtual void Take(ResourceEvent e)
        {
        }
    }

    private class Pricing : Normalising
    {
        private readonly Dictionary<string, AccountState> _accounts = [];

        protected sealed override void Take(ResourceEvent e)
        {
            if (!_accounts.TryGetValue(e.AccountId, out var state))
            {
                _accounts.Add(e.AccountId, state = new AccountState(new AccountSnapshot { AccountId = e.AccountId }));
            }

            Take(state, e);
        }

        protected virtual void Take(AccountState state, ResourceEvent e) => state.Ledger.Apply(e);
    }

    private sealed class Scoring : Pricing
    {
        protected override void Take(AccountState state, ResourceEvent e) => AccountPipeline.Take(state, e, DateTimeOffset.UnixEpoch);
    }

    private static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
}

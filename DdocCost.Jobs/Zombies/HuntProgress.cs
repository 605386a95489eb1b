using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Live;

namespace DdocCost.Jobs.Zombies;

/// <summary>Counts a scan's parts as they end, keeps its record up to date and tells open pages. Thread-safe.</summary>
internal sealed class HuntProgress(string tenant, HuntRun run, HuntMeter meter, HuntStore store, ILivePublisher live, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly List<ScanGap> gaps = [];
    private readonly Dictionary<string, int> found = [];
    private int done, total, resources, unclear;
    private DateTimeOffset toldAt;

    /// <summary>More parts are known.</summary>
    public void Expect(int parts)
    {
        lock (gate)
            total += parts;
    }

    /// <summary>A part ended.</summary>
    public async Task DoneAsync(ScanGap? gap, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            done++;
            if (gap is not null)
                gaps.Add(gap);
            if (clock.GetUtcNow() - toldAt < Between)
                return;
            toldAt = clock.GetUtcNow();
        }

        await store.SaveAsync(tenant, [Record()], cancellationToken);
        await TellAsync();
    }

    /// <summary>A region was judged.</summary>
    public void Judged(ScanPart region)
    {
        lock (gate)
        {
            resources += region.Seen;
            unclear += region.Unclear;
            gaps.AddRange(region.Gaps);
            foreach (var (rule, count) in region.FoundByRule)
                found[rule] = found.GetValueOrDefault(rule) + count;
        }
    }

    /// <summary>Something could not be scanned at all.</summary>
    public void Missed(ScanGap gap)
    {
        lock (gate)
            gaps.Add(gap);
    }

    /// <summary>The record as of now.</summary>
    public HuntRun Record()
    {
        lock (gate)
        {
            return run with
            {
                PartsDone = done,
                PartsTotal = total,
                Resources = resources,
                Unclear = unclear,
                Findings = found.Values.Sum(),
                FoundByRule = new Dictionary<string, int>(found),
                Gaps = [.. gaps.Distinct().OrderBy(gap => gap.Region, StringComparer.Ordinal).ThenBy(gap => gap.Kind, StringComparer.Ordinal)],
                Calls = run.Calls + meter.Calls.Values.Sum(),
                Metrics = run.Metrics + meter.Metrics,
                Usd = run.Usd + meter.Usd,
            };
        }
    }

    /// <summary>Tells open pages to look again.</summary>
    public ValueTask TellAsync() => live.PublishAsync(new LiveUpdate(tenant, run.AccountId, clock.GetUtcNow(), 0, 0, [], []) { IsHunt = true });
}

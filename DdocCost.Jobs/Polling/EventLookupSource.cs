using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Polling;

/// <summary>
/// CloudTrail's event history, region by region: history first, in stretches of time from old to new, then what is new, with an overlap
/// because events appear late. Only events that change something are asked for: the others cost nothing.
/// </summary>
internal sealed class EventLookupSource(
    Func<string, AwsClient> clientOf, IReadOnlyList<string> regions, TrailSource.EventLookup settings, string tenantId, string id, IReadOnlySet<string>? accounts,
    Intake intake, SourcePositions positions, PollingOptions options, TimeProvider clock) : ITrailSource
{
    /// <summary>AWS allows two requests a second for each account and region: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html</summary>
    private static readonly AwsOperation LookupEvents = AwsServices.CloudTrail.Operation("LookupEvents") with
    {
        Paging = AwsPaging.NextToken, RequestsPerSecond = 2, BringsEvents = true,
    };

    private readonly ConcurrentDictionary<string, LookupRegion> _regions = [];
    private readonly DateTimeOffset _historyFrom = clock.GetUtcNow().AddDays(-settings.HistoryDays);
    private bool _isLoaded;

    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public async Task<SourceReading> ReadAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var outcomes = new ConcurrentBag<IntakeOutcome>();
        var problems = new ConcurrentDictionary<string, AwsException>();
        await Parallel.ForEachAsync(_regions.Values.Where(region => region.DueAt <= now), cancellationToken, async (region, token) =>
        {
            try
            {
                outcomes.Add(await ReadAsync(region, token));
            }
            catch (AwsException error)
            {
                region.DueAt = clock.GetUtcNow() + options.LookupEvery;
                problems[region.Name] = error;
            }
        });
        if (problems.Count == _regions.Count)
        {
            throw problems.Values.First();
        }

        return Reading(outcomes.Aggregate(IntakeOutcome.None, (sum, outcome) => sum.And(outcome)), problems);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_isLoaded)
        {
            return;
        }

        var known = await positions.OfAsync(tenantId, Id, cancellationToken);
        foreach (var region in regions)
        {
            _regions[region] = new LookupRegion(region, known.TryGetValue(region, out var position) ? DateTimeOffset.Parse(position, CultureInfo.InvariantCulture) : _historyFrom);
        }

        _isLoaded = true;
    }

    private SourceReading Reading(IntakeOutcome outcome, ConcurrentDictionary<string, AwsException> problems)
    {
        var now = clock.GetUtcNow();
        var next = _regions.Values.Min(region => region.DueAt);
        var last = _regions.Values.MinBy(region => region.Position)!;
        var days = (now - last.Position).TotalDays;
        return new SourceReading(outcome)
        {
            HasMore = next <= now,
            Rest = next > now ? next - now : TimeSpan.Zero,
            Progress = !IsCatchingUp(last) ? null : string.Create(CultureInfo.InvariantCulture,
                $"{Math.Max(0, settings.HistoryDays - days):0.#} of {settings.HistoryDays} days are read; slowest is {last.Name}, up to {last.Position:yyyy-MM-dd HH:mm} UTC."),
            Problem = problems.Select(one => $"{one.Key}: {MissingPermission.Describe(one.Value)}").FirstOrDefault(),
        };
    }

    private async Task<IntakeOutcome> ReadAsync(LookupRegion region, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (from, to) = (region.Position, region.Position + region.Stretch is var end && end < now ? end : now);
        if (await EventsAsync(region, from, to, cancellationToken) is not { } events)
        {
            region.Stretch /= 2; // so many events that they are better read in two goes
            return IntakeOutcome.None;
        }

        var fresh = events.Where(e => !region.Seen.ContainsKey(e.Id)).OrderBy(e => e.At).ToList();
        var outcome = fresh.Count == 0 ? IntakeOutcome.None : await intake.TakeAsync(tenantId, Id, [DeliveryOf(region, from, fresh)], cancellationToken);
        if (outcome.Failed is [var failed, ..])
        {
            throw new IOException(failed.Reason);
        }

        var settled = NowOf(region) - options.LookupOverlap;
        var position = to < settled ? to : settled > from ? settled : from;
        region.Advance(position, fresh, isFew: events.Count < LookupRegion.FewEvents);
        region.DueAt = IsCatchingUp(region) ? now : clock.GetUtcNow() + options.LookupEvery;
        await positions.MoveAsync(tenantId, Id, region.Name, position.ToString("O", CultureInfo.InvariantCulture), cancellationToken);
        return outcome;
    }

    /// <summary>The events of a stretch; null where there are more than should be held at once and the stretch can be divided.</summary>
    private async Task<List<LookedUpEvent>?> EventsAsync(LookupRegion region, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var input = new Dictionary<string, object>
        {
            // Both ends count in whole seconds.
            ["StartTime"] = from.ToUnixTimeSeconds(), ["EndTime"] = to.ToUnixTimeSeconds() + 1, ["MaxResults"] = 50,
            ["LookupAttributes"] = (object[])[new { AttributeKey = "ReadOnly", AttributeValue = "false" }],
        };
        var events = new List<LookedUpEvent>();
        await foreach (var page in clientOf(region.Name).JsonPagesAsync(LookupEvents, input, cancellationToken))
        {
            events.AddRange(page.Items("Events").Select(Event).OfType<LookedUpEvent>());
            if (events.Count > LookupRegion.ManyEvents && region.Stretch > LookupRegion.Shortest)
            {
                return null;
            }
        }

        return events;
    }

    private bool IsCatchingUp(LookupRegion region) => NowOf(region) - region.Position > options.LookupOverlap + LookupRegion.Shortest;

    /// <summary>The earlier of AWS's time and ours: with a clock that is ahead, positions would pass over what happens until AWS has that time.</summary>
    private DateTimeOffset NowOf(LookupRegion region)
    {
        var (ours, there) = (clock.GetUtcNow(), clientOf(region.Name).NowOf(AwsServices.CloudTrail));
        return there < ours ? there : ours;
    }

    private Delivery DeliveryOf(LookupRegion region, DateTimeOffset from, List<LookedUpEvent> events)
    {
        // As LookupEvents answers, so the reader knows it; an entry that is no record goes into quarantine alone.
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new { Events = events.Select(e => new { EventId = e.Id, CloudTrailEvent = e.Record }) });
        return new Delivery($"history/{region.Name}/{from:yyyy-MM-ddTHH:mm:ss}", events[^1].At, () => new MemoryStream(bytes)) { Accounts = accounts };
    }

    private static LookedUpEvent? Event(JsonElement e) =>
        e.Text("CloudTrailEvent") is { } record ? new LookedUpEvent(e.Text("EventId") ?? record, e.Time("EventTime") ?? default, record) : null;
}

/// <summary>An event of the history.</summary>
/// <param name="Id">Its eventID.</param>
/// <param name="At">Its time, UTC.</param>
/// <param name="Record">The record, as JSON.</param>
internal sealed record LookedUpEvent(string Id, DateTimeOffset At, string Record);

/// <summary>How far a region's history is read.</summary>
/// <param name="name">The region.</param>
/// <param name="position">Nothing before it is missing.</param>
internal sealed class LookupRegion(string name, DateTimeOffset position)
{
    /// <summary>With fewer events, the next stretch of time is longer.</summary>
    public const int FewEvents = 1000;

    /// <summary>More events are not held at once.</summary>
    public const int ManyEvents = 20_000;

    /// <summary>A shorter stretch is not divided.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The region.</summary>
    public string Name => name;

    /// <summary>Nothing before it is missing.</summary>
    public DateTimeOffset Position { get; private set; } = position;

    /// <summary>How much time is asked for at once.</summary>
    public TimeSpan Stretch { get; set; } = TimeSpan.FromHours(6);

    /// <summary>When to look next.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Events behind the position that were taken, so that the overlap brings them once only.</summary>
    public Dictionary<string, DateTimeOffset> Seen { get; } = [];

    /// <summary>Moves on.</summary>
    public void Advance(DateTimeOffset position, IEnumerable<LookedUpEvent> taken, bool isFew)
    {
        foreach (var e in taken)
        {
            Seen[e.Id] = e.At;
        }

        Position = position;
        foreach (var id in Seen.Where(seen => seen.Value < position.AddSeconds(-2)).Select(seen => seen.Key).ToList())
        {
            Seen.Remove(id);
        }

        Stretch = isFew && Stretch < Longest ? Stretch * 2 : Stretch;
    }
}

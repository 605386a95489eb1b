using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DdocCost.Agent.Aws;
using DdocCost.Agent.Spool;

namespace DdocCost.Agent.Readers;

/// <summary>
/// Asks CloudTrail itself (LookupEvents): no trail needed, of one region, management events of 90 days. AWS allows two requests a second for
/// account and region. What comes late is found for 20 minutes. Needs <c>cloudtrail:LookupEvents</c>.
/// </summary>
/// <remarks>AWS: "LookupEvents", CloudTrail API reference: newest first, 50 a page.</remarks>
internal sealed partial class LookupReader : ISourceReader
{
    private const int MostRemembered = 200_000;
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(550);
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(1); // pages are newest first: a step is held until it is whole

    private readonly AwsCaller _aws;
    private readonly string _region;
    private readonly string _positionFile;
    private readonly HashSet<string> _seen = [];
    private DateTimeOffset _position;

    /// <param name="source"><c>lookup:eu-west-1?since=2026-09-01</c>.</param>
    /// <param name="positions">Where read positions are kept.</param>
    /// <param name="aws">Calls AWS.</param>
    public LookupReader(string source, string positions, AwsCaller aws)
    {
        if (Form().Match(source) is not { Success: true } form)
        {
            throw new FormatException($"source '{source}' is not of the form lookup:eu-west-1");
        }

        (_aws, _region, State) = (aws, form.Groups[1].Value, new SourceState(source));
        _positionFile = PositionFile.Of(positions, source);
        var since = SourceQuery.Of(form.Groups["query"].Value).GetValueOrDefault("since");
        _position = DateTimeOffset.TryParse(SmallFile.Read(_positionFile) ?? since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at : DateTimeOffset.UtcNow.AddDays(-1);
    }

    /// <inheritdoc/>
    public SourceState State { get; }

    /// <inheritdoc/>
    public async Task<bool> LookAsync(Outbox outbox, CancellationToken cancellationToken)
    {
        var now = _aws.Now;
        var from = _position - LookBack;
        var until = now - from > LongestStep + LookBack ? from + LongestStep + LookBack : now;
        var events = await EventsAsync(from, until, cancellationToken);
        var fresh = events.Where(e => !_seen.Contains(e.Id)).Reverse().ToList(); // oldest first
        foreach (var chunk in fresh.Chunk(500))
        {
            var content = Encoding.UTF8.GetBytes($$"""{"Events":[{{string.Join(',', chunk.Select(e => e.Json))}}]}""");
            await outbox.AddAsync(State, [new ReadItem($"lookup/{_region}/{chunk[0].Id}", content)], cancellationToken);
        }

        if (_seen.Count > MostRemembered)
        {
            _seen.Clear(); // seen twice is known as such by the application
        }

        _seen.UnionWith(fresh.Select(e => e.Id));
        State.Read(fresh.Count, fresh.Count > 0 ? fresh[^1].At : null);
        // With a clock ahead of AWS's, which the call has told us, the position would pass over what happens until AWS has that time.
        _position = until < _aws.Now ? until : _aws.Now;
        Directory.CreateDirectory(Path.GetDirectoryName(_positionFile)!);
        SmallFile.Write(_positionFile, _position.ToString("O", CultureInfo.InvariantCulture), flush: false);
        return until < now;
    }

    private async Task<List<(string Id, DateTimeOffset At, string Json)>> EventsAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var events = new List<(string, DateTimeOffset, string)>();
        var endpoint = _aws.EndpointOverride("cloudtrail") ?? $"https://cloudtrail.{_region}.{AwsCaller.Suffix(_region)}";
        string? next = null;
        do
        {
            var token = next is null ? "" : $",\"NextToken\":\"{JsonEncodedText.Encode(next)}\"";
            using var answer = await _aws.JsonAsync(
                endpoint + "/", _region, "cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "1.1",
                $$"""{"StartTime":{{from.ToUnixTimeSeconds()}},"EndTime":{{until.ToUnixTimeSeconds()}},"MaxResults":50{{token}}}""", cancellationToken);
            if (answer.RootElement.TryGetProperty("Events", out var page) && page.ValueKind == JsonValueKind.Array)
            {
                events.AddRange(page.EnumerateArray().Select(e => (e.GetProperty("EventId").GetString()!, TimeOf(e), e.GetRawText())));
            }

            next = answer.RootElement.TryGetProperty("NextToken", out var more) ? more.GetString() : null;
            await Task.Delay(BetweenRequests, cancellationToken);
        }
        while (next is not null);
        return events;
    }

    private static DateTimeOffset TimeOf(JsonElement e) => e.TryGetProperty("EventTime", out var time) && time.ValueKind == JsonValueKind.Number
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)(time.GetDouble() * 1000)) : DateTimeOffset.UtcNow;

    [GeneratedRegex(@"^lookup:([a-z0-9-]+)(\?(?<query>.*))?$")]
    private static partial Regex Form();
}

using System.Collections.Concurrent;
using System.Security;
using System.Text.Json;

namespace DdocCost.Tests.Support.AwsEmulator;

/// <summary>
/// An organisation's accounts behind AWS's wire protocols (EC2 Query, Query, JSON, REST-JSON, REST-XML) over HTTP: answers of documented shape, two
/// entries a page, an empty list where a test planted nothing, and throttling, refusals and broken answers where a test says so.
/// </summary>
public sealed class AwsEmulator : IAsyncDisposable
{
    private const int PageSize = 2;

    private readonly AwsStandIn _standIn;
    private readonly ConcurrentDictionary<string, EmulatedAccount> _byKey = [];

    private AwsEmulator(AwsStandIn standIn)
    {
        _standIn = standIn;
        standIn.Keys.Clear();
        standIn.Otherwise = Answer;
    }

    /// <summary>Its address.</summary>
    public string Url => _standIn.Url;

    /// <summary>How far its clock is ahead of the true time.</summary>
    public TimeSpan ClockAhead { get => _standIn.ClockAhead; set => _standIn.ClockAhead = value; }

    /// <summary>Decides over a call before it is answered; null lets it pass.</summary>
    public Func<EmulatedCall, StandInAnswer?> Fault { get; set; } = _ => null;

    /// <summary>Every call that was let in.</summary>
    public ConcurrentQueue<EmulatedCall> Calls { get; } = [];

    /// <summary>Starts one without accounts.</summary>
    public static async Task<AwsEmulator> StartAsync() => new(await AwsStandIn.StartAsync());

    /// <summary>Adds an account.</summary>
    /// <param name="id">12 digits.</param>
    /// <param name="regions">Those that are enabled.</param>
    public EmulatedAccount Add(string id, params string[] regions)
    {
        var account = new EmulatedAccount(id, regions);
        _standIn.Keys[account.AccessKeyId] = "stand-in-secret";
        _byKey[account.AccessKeyId] = account;
        return account;
    }

    /// <summary>Forgets an access key: from now on it is refused.</summary>
    public void Revoke(EmulatedAccount account) => _standIn.Keys.TryRemove(account.AccessKeyId, out _);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _standIn.DisposeAsync();

    private StandInAnswer? Answer(StandInCall request)
    {
        if (!_byKey.TryGetValue(request.KeyId, out var account))
            return null;
        var call = EmulatedCall.Of(request, account);
        Calls.Enqueue(call);
        return Fault(call) ?? (call.Operation switch
        {
            "DescribeRegions" => Xml("DescribeRegionsResponse", "<regionInfo>" + string.Concat(account.Regions.Select(region => $"<item><regionName>{region}</regionName><optInStatus>opt-in-not-required</optInStatus></item>")) + "</regionInfo>"),
            "GetMetricData" => Metrics(account, call),
            _ => List(account, call),
        });
    }

    private static StandInAnswer List(EmulatedAccount account, EmulatedCall call)
    {
        if (account.Single(call) is { } single)
            return Whole(call, single);
        var (path, entries) = account.Entries(call);
        if (path.Length == 0)
            return Whole(call, EmptyAnswers.Of(call));
        var start = int.TryParse(call.PageToken, out var from) ? from : 0;
        var page = entries.Skip(start).Take(PageSize).ToList();
        var next = start + PageSize < entries.Count ? $"{start + PageSize}" : null;
        if (call.IsXml)
        {
            var element = call.Protocol == "ec2" ? "item" : path.Contains('/', StringComparison.Ordinal) ? path.Split('/')[1] : "member";
            var list = $"<{path.Split('/')[0]}>{string.Concat(page.Select(entry => $"<{element}>{entry}</{element}>"))}</{path.Split('/')[0]}>";
            return Wrapped(call, list, next);
        }

        var token = next is null ? "" : $",\"{call.PageTokenOut}\":\"{next}\"";
        return new StandInAnswer(200, $"{{\"{path}\":[{string.Join(',', page)}]{token}}}", "application/x-amz-json-1.1");
    }

    private static StandInAnswer Whole(EmulatedCall call, string answer) =>
        answer.StartsWith('<') ? Wrapped(call, answer, null) : new StandInAnswer(200, answer, "application/json");

    private static StandInAnswer Wrapped(EmulatedCall call, string inner, string? next)
    {
        var token = next is null ? "" : $"<{call.PageTokenOut}>{next}</{call.PageTokenOut}>";
        return call.Protocol switch
        {
            "ec2" => Xml($"{call.Operation}Response", inner + token),
            "query" => Xml($"{call.Operation}Response", $"<{call.Operation}Result>{inner}{token}</{call.Operation}Result><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata>"),
            _ => Xml(call.XmlRoot, inner + token),
        };
    }

    private static StandInAnswer Xml(string root, string inner) => StandInAnswer.Xml($"<?xml version=\"1.0\"?><{root} xmlns=\"https://emulated.example/doc/\">{inner}</{root}>");

    private static StandInAnswer Metrics(EmulatedAccount account, EmulatedCall call)
    {
        var asked = call.Json.GetProperty("MetricDataQueries").EnumerateArray().ToList();
        Assert.InRange(asked.Count, 1, 500);
        var (start, end) = (DateTimeOffset.FromUnixTimeSeconds(call.Json.GetProperty("StartTime").GetInt64()), DateTimeOffset.FromUnixTimeSeconds(call.Json.GetProperty("EndTime").GetInt64()));
        // Results come in pages, too.
        var from = int.TryParse(call.PageToken, out var token) ? token : 0;
        const int AtATime = 100;
        var results = asked.Skip(from).Take(AtATime).Select(query =>
        {
            var stat = query.GetProperty("MetricStat");
            var metric = stat.GetProperty("Metric");
            var dimensions = metric.GetProperty("Dimensions").EnumerateArray().Select(d => $"{d.GetProperty("Name")}={d.GetProperty("Value")}").Order(StringComparer.Ordinal);
            var value = account.Metric(call.Region, $"{metric.GetProperty("Namespace")}/{metric.GetProperty("MetricName")}", string.Join(',', dimensions));
            var days = Enumerable.Range(0, (int)(end - start).TotalDays).Select(i => start.AddDays(i)).Select(day => (Day: day, Value: value?.Invoke((end - day).Days - 1))).Where(day => day.Value is not null).Reverse().ToList();
            return new { Id = query.GetProperty("Id").GetString(), Label = "x", Timestamps = days.Select(day => day.Day.ToUnixTimeSeconds()), Values = days.Select(day => day.Value), StatusCode = "Complete" };
        }).ToList();
        return from + AtATime < asked.Count
            ? StandInAnswer.Json(new { MetricDataResults = results, NextToken = $"{from + AtATime}" })
            : StandInAnswer.Json(new { MetricDataResults = results });
    }
}

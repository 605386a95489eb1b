using System.Globalization;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Zombies;

/// <summary>Reads daily values from CloudWatch, 500 metrics a call.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html</remarks>
internal static class MetricReader
{
    /// <summary>Metrics that one call takes at most.</summary>
    public const int AtATime = 500;

    private const int Day = 86_400;

    /// <summary>Puts the course of each metric into the facts, or why there is none.</summary>
    /// <param name="client">Of the region.</param>
    /// <param name="needed">What to read, and how many days back.</param>
    /// <param name="facts">Where to.</param>
    /// <param name="now">Ends the window with the last whole day, UTC.</param>
    /// <param name="meter">Counts, and says when it is enough.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Why some were not read; empty where all were.</returns>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        AwsClient client, IReadOnlyDictionary<MetricQuery, int> needed, RegionFacts facts, DateTimeOffset now, HuntMeter meter, CancellationToken cancellationToken)
    {
        var gaps = new List<string>();
        // Like windows together: a call has one.
        foreach (var chunk in needed.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key.Namespace, StringComparer.Ordinal).ThenBy(pair => pair.Key.Dimensions, StringComparer.Ordinal).Chunk(AtATime))
        {
            if (!meter.TryCountMetrics(chunk.Length))
            {
                Fail(chunk, facts, "the scan's budget for API calls is used up");
                gaps.Add(string.Create(CultureInfo.InvariantCulture, $"{chunk.Length} metrics: the scan's budget for API calls is used up"));
                continue;
            }

            try
            {
                await ReadAsync(client, [.. chunk.Select(pair => pair.Key)], chunk.Max(pair => pair.Value), facts, now, meter, cancellationToken);
            }
            catch (Exception error) when (Unanswered.Words(error) is not null && !cancellationToken.IsCancellationRequested)
            {
                Fail(chunk, facts, $"CloudWatch: {Unanswered.Words(error)}");
                gaps.Add(string.Create(CultureInfo.InvariantCulture, $"{chunk.Length} metrics: {Unanswered.Words(error)}"));
            }
        }

        return gaps;
    }

    private static void Fail(IEnumerable<KeyValuePair<MetricQuery, int>> queries, RegionFacts facts, string why)
    {
        foreach (var (query, _) in queries)
            facts.Fail(query, why);
    }

    private static async Task ReadAsync(
        AwsClient client, IReadOnlyList<MetricQuery> queries, int days, RegionFacts facts, DateTimeOffset now, HuntMeter meter, CancellationToken cancellationToken)
    {
        var end = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var input = new Dictionary<string, object>
        {
            ["StartTime"] = end.AddDays(-days).ToUnixTimeSeconds(),
            ["EndTime"] = end.ToUnixTimeSeconds(),
            ["MetricDataQueries"] = queries.Select((query, i) => new
            {
                Id = Id(i),
                MetricStat = new
                {
                    Metric = new { query.Namespace, MetricName = query.Metric, Dimensions = query.DimensionList.Select(dimension => new { dimension.Name, dimension.Value }) },
                    Period = Day,
                    Stat = query.Statistic.ToString(),
                },
                ReturnData = true,
            }).ToList(),
        };
        var values = queries.Select(_ => new SortedDictionary<DateOnly, double>()).ToList();
        var broken = new Dictionary<int, string>();
        var answered = new HashSet<int>();
        await foreach (var page in client.JsonPagesAsync(HuntOperations.Find("cloudwatch:GetMetricData").Operation, input, cancellationToken))
        {
            meter.Count("cloudwatch:GetMetricData");
            foreach (var result in new Wire(page).Items("MetricDataResults"))
            {
                if (!TryIndex(result.Text("Id"), queries.Count, out var i))
                    continue;
                answered.Add(i);
                if (result.Text("StatusCode") is "InternalError" or "Forbidden")
                    broken[i] = $"CloudWatch answered {result.Text("StatusCode")}";
                foreach (var (time, value) in Times(result).Zip(result.Items("Values")))
                {
                    if (time is { } at && double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                        values[i][DateOnly.FromDateTime(at.UtcDateTime)] = number;
                }
            }
        }

        foreach (var (query, i) in queries.Select((query, i) => (query, i)))
        {
            if (broken.TryGetValue(i, out var why))
                facts.Fail(query, why);
            else if (!answered.Contains(i)) // CloudWatch answers for each, also where there are no values: silence is no zero
                facts.Fail(query, "CloudWatch did not answer for it");
            else
                facts.Add(query, new MetricSeries([.. values[i].Select(day => new DayValue(day.Key, day.Value))]));
        }
    }

    private static IEnumerable<DateTimeOffset?> Times(Wire result) => result.Items("Timestamps").Select(time =>
        double.TryParse(time.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 2.5e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
        : DateTimeOffset.TryParse(time.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : (DateTimeOffset?)null);

    // An id begins with a lower-case letter.
    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"m{i}");

    private static bool TryIndex(string? id, int count, out int i) =>
        int.TryParse(id.AsSpan(Math.Min(1, id?.Length ?? 0)), NumberStyles.None, CultureInfo.InvariantCulture, out i) && i < count;
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using DdocCost.App.Api.Focus;
using DdocCost.App.Events;
using DdocCost.App.Shell;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Api;

/// <summary>Whole lists as files, without a limit, as they come from the database.</summary>
internal static class ExportsApi
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        exports.MapGet("/focus", Focus).WithSummary("Estimates as FOCUS 1.2 rows (CSV): one a resource and UTC day.").Produces<string>(contentType: "text/csv");
        exports.MapGet("/cost-events", Events).WithSummary("Cost events as CSV or JSON lines, oldest first.").Produces<string>(contentType: "text/csv");
    }

    private static PushStreamHttpResult Focus(FocusReader reader, ApiCaller caller, TimeProvider time, CancellationToken cancellationToken, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var (begin, end) = Period(from, to, time);
        return File(time, "focus", "csv", async text =>
        {
            await text.WriteLineAsync(FocusRow.Columns);
            await foreach (var row in reader.ReadAsync(caller, begin, end, cancellationToken))
            {
                await text.WriteLineAsync(row.ToCsv());
            }
        });
    }

    private static PushStreamHttpResult Events(
        IDocumentStore store, ApiCaller caller, IOptions<JsonOptions> json, TimeProvider time, CancellationToken cancellationToken,
        string? format = null, DateTimeOffset? from = null, DateTimeOffset? to = null, string? account = null, string? service = null, string? actor = null)
    {
        var (begin, end) = Period(from, to, time);
        var isCsv = Choice.Of("format", format, "csv", "jsonl") != "jsonl";
        return File(time, "cost-events", isCsv ? "csv" : "jsonl", async text =>
        {
            if (isCsv)
            {
                await text.WriteLineAsync(EventColumns);
            }

            await using var session = store.QuerySession(caller.Tenant);
            var events = caller.Seen(EventReader.Matching(session, EventFilter.Of(account, service, actor, null, null)).Where(e => e.Time >= begin && e.Time < end));
            await foreach (var e in events.OrderBy(e => e.Time).ToAsyncEnumerable(cancellationToken))
            {
                var item = CostEventItem.Of(e);
                await text.WriteLineAsync(isCsv ? Line(item) : JsonSerializer.Serialize(item, json.Value.SerializerOptions));
            }
        });
    }

    private const string EventColumns = "time_utc,account,region,service,event,actor,actor_id,usd_per_hour,one_time_usd,confidence,score,severity,error,case,event_id";

    private static string Line(CostEventItem e) => Csv.Line(
        Csv.Moment(e.Time), e.AccountId, e.Region, e.Service, e.EventName, e.Actor.Name, e.Actor.Id,
        Csv.Number(e.UsdPerHour), Csv.Number(e.OneTimeUsd), e.Confidence.ToString(), Csv.Number((decimal)e.Score), e.Severity.ToString(), e.Error, e.CaseId, e.EventId);

    private static (DateTimeOffset From, DateTimeOffset To) Period(DateTimeOffset? from, DateTimeOffset? to, TimeProvider time)
    {
        var end = (to ?? time.GetUtcNow()).ToUniversalTime();
        if (end < DateTimeOffset.UnixEpoch)
        {
            throw ApiException.Invalid("to", "It lies before there was AWS."); // and too near the beginning of time to reckon back from
        }

        var begin = (from ?? end - Usual).ToUniversalTime();
        return begin < end && end - begin <= Longest ? (begin, end) : throw ApiException.Invalid("from", $"It lies before to, by at most {Longest.TotalDays:0} days.");
    }

    private static PushStreamHttpResult File(TimeProvider time, string name, string extension, Func<StreamWriter, Task> write) => TypedResults.Stream(
        async stream =>
        {
            await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = extension == "csv" ? "\r\n" : "\n" };
            await write(text);
        },
        extension == "csv" ? "text/csv; charset=utf-8" : "application/jsonl", string.Create(CultureInfo.InvariantCulture, $"{name}-{time.GetUtcNow():yyyyMMdd-HHmm}.{extension}"));
}

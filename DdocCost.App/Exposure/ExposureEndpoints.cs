using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DdocCost.App.Access;
using DdocCost.App.Shell;
using DdocCost.Domain.Ledger;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Exposure;

/// <summary>What runs now as a file, for those who go on with it elsewhere.</summary>
internal static class ExposureEndpoints
{
    private const string Columns = "account,region,service,type,resource,size,quantity,started_by,actor,since_utc,ends_by_utc,stopped_at_utc,usd_per_hour,usd_so_far,owner,tags";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Maps <c>/exposure/export</c>, with the page's own filters; for everybody who may see the page.</summary>
    public static void MapExposure(this IEndpointRouteBuilder routes) => routes.MapGet("/exposure/export", Export).RequireAuthorization();

    private static Results<PushStreamHttpResult, BadRequest<string>> Export(
        HttpContext http, ExposureReader reader, TimeProvider time, string format, string? account, string? region, string? service, string? actor, string? tag, string? q, string? sort)
    {
        if (format is not ("csv" or "jsonl"))
        {
            return TypedResults.BadRequest("format is csv or jsonl");
        }

        var (sight, now) = (Roles.SightOf(http.User), time.GetUtcNow());
        var filter = ExposureFilter.Of(account, region, service, actor, tag, q, sort, page: null);
        return TypedResults.Stream(
            async stream =>
            {
                await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: format == "csv")) { NewLine = "\r\n" };
                if (format == "csv")
                {
                    await text.WriteLineAsync(Columns);
                }

                await foreach (var resource in reader.AllAsync(sight, filter, http.RequestAborted))
                {
                    await text.WriteLineAsync(format == "csv" ? Line(resource, now) : JsonSerializer.Serialize(resource, Json));
                }
            },
            format == "csv" ? "text/csv; charset=utf-8" : "application/jsonl",
            string.Create(CultureInfo.InvariantCulture, $"running-{now:yyyyMMdd-HHmm}.{format}"));
    }

    private static string Line(RunningResource resource, DateTimeOffset now) => Csv.Line(
        resource.AccountId, resource.Region, resource.Service, resource.ResourceType, resource.ResourceId, resource.Size, Csv.Number(resource.Quantity),
        resource.StartedBy.Name, resource.StartedBy.Id, Csv.Moment(resource.Since), Csv.Moment(resource.EndsBy), Csv.Moment(resource.PausedAt), Csv.Number(resource.UsdPerHour),
        resource.PausedAt is null ? Csv.Number(resource.SpentBy(now), "0.##") : "",
        resource.Owner, string.Join(' ', resource.Tags?.Select(tag => $"{tag.Key}={tag.Value}") ?? []));
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DdocCost.App.Access;
using DdocCost.App.Shell;
using DdocCost.Domain.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Audit;

/// <summary>The log of changes as a file, for auditors and their tools.</summary>
internal static class AuditEndpoints
{
    private const string Columns = "at_utc,by,through,action,subject,detail";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Maps <c>/audit/export</c>, with the page's own filters; for administrators, as the page.</summary>
    public static void MapAudit(this IEndpointRouteBuilder routes) => routes.MapGet("/audit/export", Export).RequireAuthorization(Roles.AdministratorPolicy);

    private static Results<PushStreamHttpResult, BadRequest<string>> Export(
        HttpContext http, AuditReader reader, TimeProvider time, string format, string? by, string? action, string? mouth, string? subject, string? from, string? to)
    {
        if (format is not ("csv" or "jsonl"))
        {
            return TypedResults.BadRequest("format is csv or jsonl");
        }

        var (tenant, filter) = (Roles.TenantOf(http.User), AuditFilter.Of(by, action, mouth, subject, from, to, page: null));
        return TypedResults.Stream(
            async stream =>
            {
                await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: format == "csv")) { NewLine = "\r\n" };
                if (format == "csv")
                {
                    await text.WriteLineAsync(Columns);
                }

                await foreach (var entry in reader.AllAsync(tenant, filter, http.RequestAborted))
                {
                    await text.WriteLineAsync(format == "csv" ? Line(entry) : JsonSerializer.Serialize(entry, Json));
                }
            },
            format == "csv" ? "text/csv; charset=utf-8" : "application/jsonl",
            string.Create(CultureInfo.InvariantCulture, $"audit-{time.GetUtcNow():yyyyMMdd-HHmm}.{format}"));
    }

    /// <summary>A line, each cell of which no spreadsheet takes for a formula.</summary>
    internal static string Line(AuditEntry entry) => Csv.Line(
        entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), entry.By, entry.Mouth.ToString(), entry.Action, entry.Subject, entry.Detail);
}

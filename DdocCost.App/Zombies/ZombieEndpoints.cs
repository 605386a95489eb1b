using System.Globalization;
using System.Text;
using DdocCost.App.Access;
using DdocCost.App.Shell;
using DdocCost.Domain.Zombies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Zombies;

/// <summary>Findings as a file.</summary>
internal static class ZombieEndpoints
{
    private const string Columns = "rule,title,state,account,region,service,resource,name,usd_per_month,is_ceiling,counted_in,wasted_usd,idle_since_utc,first_seen_utc,created_utc,creator,owner,sureness,kept_until_utc,kept_because,first_step";

    /// <summary>Maps <c>/zombies/export</c>, with the page's own filters; for everybody who may see the page.</summary>
    public static void MapZombies(this IEndpointRouteBuilder routes) => routes.MapGet("/zombies/export", Export).RequireAuthorization();

    private static PushStreamHttpResult Export(
        HttpContext http, ZombieReader reader, TimeProvider time, string? state, string? account, string? service, string? creator, string? rule, string? q, string? sort)
    {
        var (sight, now) = (Roles.SightOf(http.User), time.GetUtcNow());
        var filter = ZombieFilter.Of(state, account, service, creator, rule, q, small: true, sort, page: null);
        return TypedResults.Stream(
            async stream =>
            {
                await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)) { NewLine = "\r\n" };
                await text.WriteLineAsync(Columns);
                await foreach (var finding in reader.AllAsync(sight, filter, http.RequestAborted))
                    await text.WriteLineAsync(Line(finding, now));
            },
            "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"zombies-{now:yyyyMMdd-HHmm}.csv"));
    }

    /// <summary>A line, each cell of which no spreadsheet takes for a formula.</summary>
    internal static string Line(ZombieFinding finding, DateTimeOffset now) => Csv.Line(
        finding.RuleId, finding.Title, finding.State.ToString(), finding.AccountId, finding.Region, finding.Service, finding.ResourceId, finding.Name,
        Csv.Number(finding.Saving.UsdPerMonth, "0.####"), finding.Saving.IsCeiling ? "true" : "false", finding.CountedIn, Csv.Number(finding.WastedUntil(now), "0.####"), Csv.Moment(finding.IdleSince), Csv.Moment(finding.FirstSeenAt), Csv.Moment(finding.CreatedAt),
        finding.Birth?.ActorName, finding.Owner, finding.Sureness.ToString(), Csv.Moment(finding.Keep?.Until), finding.Keep?.Reason, finding.Steps is [var first, ..] ? first.Command : null);
}

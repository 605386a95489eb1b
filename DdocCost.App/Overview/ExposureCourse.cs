using DdocCost.App.Shell;

namespace DdocCost.App.Overview;

/// <summary>Exposure over time: one query of the hours that spend was added in, however much history there is.</summary>
internal sealed class ExposureCourse(TenantSql sql, TimeProvider time)
{
    /// <summary>The course of a period; it ends at what runs now.</summary>
    public async Task<IReadOnlyList<StepPoint>> ReadAsync(Sight sight, CourseQuery query, decimal exposureNow, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var from = query.From(now);
        var net = await sql.RowsAsync(
            sight,
            """
            select date_bin(@step, hour, @from), sum((data ->> 'netUsdPerHour')::numeric)
            from mt_doc_spend_hours
            where tenant_id = @tenant and @seen and hour >= @from and (@account = '' or account_id = @account) and (@service = '' or data ->> 'service' = @service)
            group by 1
            """,
            row => (At: row.GetFieldValue<DateTimeOffset>(0), Net: row.GetDecimal(1)),
            new Dictionary<string, object> { ["step"] = query.Period.Step, ["from"] = from, ["account"] = query.Account ?? "", ["service"] = query.Service ?? "" },
            cancellationToken);
        return Of(net.ToDictionary(row => row.At, row => row.Net), exposureNow, now, from, query.Period.Step);
    }

    /// <summary>
    /// Goes back from what runs now: the exposure before a step is the exposure after it less what the step added net. So the course ends
    /// at the figure beside it and only the period has to be read.
    /// </summary>
    internal static IReadOnlyList<StepPoint> Of(
        IReadOnlyDictionary<DateTimeOffset, decimal> netByStep, decimal exposureNow, DateTimeOffset now, DateTimeOffset from, TimeSpan step)
    {
        var points = new List<StepPoint> { new(now, exposureNow) };
        var exposure = exposureNow;
        for (var at = (int)((now - from) / step); at >= 0; at--)
        {
            // A step's changes are shown at its end; those of the running one are part of now.
            exposure -= netByStep.GetValueOrDefault(from + (at * step));
            points.Add(new StepPoint(from + (at * step), exposure));
        }

        points.Reverse();
        return points;
    }
}

/// <summary>Of what the course is wanted.</summary>
/// <param name="Period">How far back.</param>
/// <param name="Account">Of that account only, or null.</param>
/// <param name="Service">Of that service only, or null.</param>
internal sealed record CourseQuery(OverviewPeriod Period, string? Account = null, string? Service = null)
{
    /// <summary>The full hour it begins at, UTC.</summary>
    public DateTimeOffset From(DateTimeOffset now) => new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero) - Period.Length;
}

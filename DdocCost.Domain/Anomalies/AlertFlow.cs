using System.Globalization;
using JasperFx.Metadata;

namespace DdocCost.Domain.Anomalies;

/// <summary>
/// What a tenant was told lately: beyond so many alerts an hour, the rest collapses into one. Document, one a tenant; a pure state
/// machine whose caller stores it, with <see cref="Storm"/>, after every step, one caller at a time.
/// </summary>
public sealed record AlertFlow : IVersioned
{
    /// <summary>The only one's id.</summary>
    public const string TheId = "alerts";

    /// <summary>Over what time alerts are counted, and for how long a storm is collected.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Id.</summary>
    public string Id { get; init; } = TheId;

    /// <summary>When alerts were told one by one within the last hour, UTC, oldest first; at most as many as may be told.</summary>
    public IReadOnlyList<DateTimeOffset> Told { get; init; } = [];

    /// <summary>Loudest told or collected since <see cref="Told"/> began.</summary>
    public Scoring.Severity Loudest { get; init; }

    /// <summary>Most money of one alert told or collected since then, USD within a day.</summary>
    public decimal MostUsdWithinDay { get; init; }

    /// <summary>The storm that is being collected, or null.</summary>
    public AlertStorm? Storm { get; init; }

    /// <summary>Guards against two writers; kept by Marten.</summary>
    public Guid Version { get; set; }

    /// <summary>Takes an alert.</summary>
    /// <param name="caseId">Its case.</param>
    /// <param name="severity">How loud.</param>
    /// <param name="usdWithinDay">What the case puts at risk within a day, USD.</param>
    /// <param name="now">Wall clock, UTC.</param>
    /// <param name="mostAnHour">How many are told one by one within an hour.</param>
    /// <returns>What stands then, and what to do with the alert.</returns>
    /// <remarks>
    /// In a storm an alert still passes alone where it is louder than everything before it, or twice as dear: a real incident is not hidden
    /// by many small ones, and there are only so many doublings.
    /// </remarks>
    public (AlertFlow Flow, StormStep Step) Take(string caseId, Scoring.Severity severity, decimal usdWithinDay, DateTimeOffset now, int mostAnHour)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostAnHour, 1);
        var flow = Since(now);
        var stands = flow.Told.Count > 0 && (severity > flow.Loudest || usdWithinDay >= 2 * Math.Max(1, flow.MostUsdWithinDay));
        var next = flow with
        {
            Loudest = severity > flow.Loudest ? severity : flow.Loudest,
            MostUsdWithinDay = Math.Max(flow.MostUsdWithinDay, usdWithinDay),
        };
        if (flow.Storm is null && flow.Told.Count < mostAnHour)
        {
            return (next with { Told = [.. flow.Told, now] }, StormStep.Tell);
        }

        if (stands)
        {
            return (next, StormStep.Tell);
        }

        var storm = (flow.Storm ?? AlertStorm.Begin(now)).With(caseId);
        return (next with { Storm = storm }, flow.Storm is null ? StormStep.Begin : StormStep.Collect);
    }

    /// <summary>Ends a storm whose hour is over.</summary>
    /// <returns>What stands then, and the storm to be told as "so many more cases"; null where none has ended.</returns>
    public (AlertFlow Flow, AlertStorm? Ended) End(DateTimeOffset now) =>
        Storm is { } storm && now - storm.StartedAt >= Hour ? (Quiet(), storm with { EndedAt = now }) : (this, null);

    private AlertFlow Since(DateTimeOffset now)
    {
        // A storm that nobody ended is ended by whoever comes next, through End; until then it goes on collecting.
        var told = Told.Where(at => now - at < Hour).ToList();
        return Storm is null && told.Count == 0 ? Quiet() : this with { Told = told };
    }

    private AlertFlow Quiet() => this with { Told = [], Loudest = Scoring.Severity.None, MostUsdWithinDay = 0, Storm = null };
}

/// <summary>Alerts that were not told one by one. Document: what "so many more cases" links to.</summary>
public sealed record AlertStorm
{
    /// <summary>As many cases are listed; all are counted.</summary>
    public const int MostCases = 1_000;

    /// <summary>Derived from its beginning; unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was told as one, UTC; null while it is collected.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Cases of its alerts, in order of arrival, each once, bounded.</summary>
    public IReadOnlyList<string> CaseIds { get; init; } = [];

    /// <summary>How many alerts it took.</summary>
    public int Alerts { get; init; }

    /// <summary>An empty one.</summary>
    public static AlertStorm Begin(DateTimeOffset now) =>
        new() { Id = now.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture), StartedAt = now.ToUniversalTime() };

    /// <summary>With another alert.</summary>
    public AlertStorm With(string caseId) => this with
    {
        Alerts = Alerts + 1,
        CaseIds = CaseIds.Count >= MostCases || CaseIds.Contains(caseId) ? CaseIds : [.. CaseIds, caseId],
    };
}

/// <summary>What to do with an alert.</summary>
public enum StormStep
{
    /// <summary>Tell it by itself.</summary>
    Tell,

    /// <summary>A storm begins with it: say so once; the rest follows when the hour is over.</summary>
    Begin,

    /// <summary>Say nothing: it is in the storm.</summary>
    Collect,
}

using DdocCost.App.Access;
using DdocCost.App.Zombies;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Zombies;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Api;

/// <summary>What costs money and does nothing, the rules that say so, and the scans.</summary>
internal static class ZombiesApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var zombies = api.MapGroup("/zombies").WithTags("Zombies");
        zombies.MapGet("", ListAsync).WithSummary("Lists findings, the latest first.").Produces<Slice<FindingItem>>();
        zombies.MapGet("/{rule}/{hash}", FindAsync).WithSummary("One finding with its evidence and what can be done.").Produces<FindingDetail>();
        zombies.MapPut("/{rule}/{hash}/keep", KeepAsync).WithSummary("Keeps a resource as it is until a date.").RequireAuthorization(Roles.ApiTriagePolicy);
        zombies.MapDelete("/{rule}/{hash}/keep", ReleaseAsync).WithSummary("Ends keeping.").RequireAuthorization(Roles.ApiTriagePolicy);
        var rules = api.MapGroup("/zombie-rules").WithTags("Zombies");
        rules.MapGet("", RulesAsync).WithSummary("The rules with what is set and what each found.").Produces<IReadOnlyList<RuleItem>>();
        rules.MapPut("/{id}", SetRuleAsync).WithSummary("Switches a rule, or changes its thresholds.").RequireAuthorization(Roles.ApiAdminPolicy);
        var hunt = api.MapGroup("/hunt-settings").WithTags("Zombies");
        hunt.MapGet("", HuntAsync).WithSummary("What scans may cost and leave out, and the tags that keep a resource from being judged.").Produces<HuntBody>();
        hunt.MapPut("", SetHuntAsync).WithSummary("Sets all of it.").RequireAuthorization(Roles.ApiAdminPolicy);
        var scans = api.MapGroup("/scans").WithTags("Zombies");
        scans.MapGet("", ScansAsync).WithSummary("Lists scans, the latest first.").Produces<Slice<ScanItem>>();
        scans.MapPost("", ScanAsync).WithSummary("Asks for a scan of an account; where one runs, that one is answered.").Produces<ScanAsked>().RequireAuthorization(Roles.ApiTriagePolicy);
        scans.MapDelete("/{id}", CancelAsync).WithSummary("Asks a scan to stop; what it found stays.").RequireAuthorization(Roles.ApiTriagePolicy);
    }

    private static async Task<object> ListAsync(
        IDocumentStore store, ApiCaller caller, [AsParameters] SliceQuery slice, CancellationToken cancellationToken,
        string? state = null, string? account = null, string? service = null, string? creator = null, string? rule = null, string? q = null)
    {
        await using var session = store.QuerySession(caller.Tenant);
        var filter = ZombieFilter.Of(Choice.Of("state", state, ZombieFilter.States) ?? "all", account, service, creator, rule, q, small: true, sort: null, page: 1);
        return await slice.ReadAsync(
            caller.Seen(ZombieReader.Matching(session, filter)), "(d.data ->> 'firstSeenAt')::timestamptz", finding => (finding.FirstSeenAt, finding.Id), FindingItem.Of, cancellationToken);
    }

    private static async Task<object> FindAsync(string rule, string hash, ZombieReader reader, TimeProvider time, ApiCaller caller, CancellationToken cancellationToken) =>
        FindingDetail.Of(caller.See((await reader.FindAsync(caller.Sight, $"{rule}/{hash}", cancellationToken)).Finding, finding => finding.AccountId, "finding"), time.GetUtcNow());

    private static async Task<NoContent> KeepAsync(string rule, string hash, KeepBody body, ZombieDesk desk, ZombieReader reader, TimeProvider time, ApiCaller caller, CancellationToken cancellationToken)
    {
        await FindAsync(rule, hash, reader, time, caller, cancellationToken);
        return await desk.KeepAsync(caller.Sight, [$"{rule}/{hash}"], body.Reason, body.Until, caller.Speaker, cancellationToken) > 0
            ? TypedResults.NoContent()
            : throw ApiException.NotFound("finding that could be kept");
    }

    private static async Task<NoContent> ReleaseAsync(string rule, string hash, ZombieDesk desk, ZombieReader reader, TimeProvider time, ApiCaller caller, CancellationToken cancellationToken)
    {
        await FindAsync(rule, hash, reader, time, caller, cancellationToken);
        await desk.ReleaseAsync(caller.Sight, $"{rule}/{hash}", caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<object> RulesAsync(ZombieReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        var view = await reader.RulesAsync(caller.Sight, cancellationToken);
        return RuleCatalogue.All.Select(rule => RuleItem.Of(rule, view.Settings.GetValueOrDefault(rule.Id), view.Found.GetValueOrDefault(rule.Id))).ToList();
    }

    private static async Task<NoContent> SetRuleAsync(string id, RuleBody body, ZombieDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        var rule = RuleCatalogue.All.FirstOrDefault(one => one.Id == id) ?? throw ApiException.NotFound("rule");
        await desk.SetRuleAsync(caller.Tenant, rule, body.IsOn, body.Thresholds ?? new Dictionary<string, double>(), caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<object> HuntAsync(ZombieReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        var hunt = (await reader.RulesAsync(caller.Sight, cancellationToken)).Hunt;
        return new HuntBody(
            hunt.KeepTags, hunt.MostUsdPerScan, hunt.MostUsdPerMonth, hunt.SkipsRegionsWithoutSpend, hunt.SkipsServicesWithoutSpend, hunt.CorrectsLedger, hunt.AsksForBill);
    }

    private static async Task<NoContent> SetHuntAsync(HuntBody body, ZombieDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        await desk.SetHuntAsync(
            caller.Tenant, hunt => hunt with
            {
                MostUsdPerScan = body.MostUsdPerScan, MostUsdPerMonth = body.MostUsdPerMonth, SkipsRegionsWithoutSpend = body.SkipsRegionsWithoutSpend,
                SkipsServicesWithoutSpend = body.SkipsServicesWithoutSpend, CorrectsLedger = body.CorrectsLedger, AsksForBill = body.AsksForBill,
            },
            caller.Speaker, cancellationToken);
        await desk.SetKeepTagsAsync(caller.Tenant, string.Join('\n', body.KeepTags), caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<object> ScansAsync(IDocumentStore store, ApiCaller caller, [AsParameters] SliceQuery slice, CancellationToken cancellationToken, string? account = null)
    {
        await using var session = store.QuerySession(caller.Tenant);
        var runs = session.Query<HuntRun>().Where(run => account == null || run.AccountId == account);
        return await slice.ReadAsync(caller.Seen(runs), "d.started_at", run => (run.StartedAt, run.Id), ScanItem.Of, cancellationToken);
    }

    private static async Task<object> ScanAsync(ScanBody body, HuntDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        await desk.AskAsync(caller.Sight, body.Account, new HuntScope(body.Services ?? [], body.Rules ?? []), caller.Name, cancellationToken) is { } id
            ? new ScanAsked(id)
            : throw ApiException.NotFound("connected account");

    private static async Task<NoContent> CancelAsync(string id, HuntDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        await desk.CancelAsync(caller.Sight, id, caller.Name, cancellationToken) ? TypedResults.NoContent() : throw ApiException.NotFound("scan");
}

/// <summary>A finding in a list.</summary>
/// <param name="Id">rule/hash; stays the same.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="Title">What it is.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="AccountId">AWS account.</param>
/// <param name="Region">AWS region.</param>
/// <param name="Service">Service.</param>
/// <param name="ResourceId">As AWS gave it.</param>
/// <param name="Name">What people call it, or null.</param>
/// <param name="UsdPerMonth">What ending it would save; null where no price is known.</param>
/// <param name="IsCeiling">The saving is at most that.</param>
/// <param name="CountedIn">Id of another finding whose saving holds this one's, or null.</param>
/// <param name="IdleSince">Since when it is known to be idle.</param>
/// <param name="FirstSeenAt">When a scan first called it so.</param>
/// <param name="LastSeenAt">When a scan last did.</param>
/// <param name="CreatedAt">When it was made, or null.</param>
/// <param name="Creator">Who made it, or null.</param>
/// <param name="Sureness">How sure.</param>
internal sealed record FindingItem(
    string Id, string RuleId, string Title, FindingState State, string AccountId, string Region, string Service, string ResourceId, string? Name,
    decimal? UsdPerMonth, bool IsCeiling, string? CountedIn, DateTimeOffset IdleSince, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, DateTimeOffset? CreatedAt, string? Creator,
    Sureness Sureness)
{
    /// <summary>From the document.</summary>
    public static FindingItem Of(ZombieFinding f) => new(
        f.Id, f.RuleId, f.Title, f.State, f.AccountId, f.Region, f.Service, f.ResourceId, f.Name, f.Saving.UsdPerMonth, f.Saving.IsCeiling, f.CountedIn,
        f.IdleSince, f.FirstSeenAt, f.LastSeenAt, f.CreatedAt, f.Birth?.ActorName, f.Sureness);
}

/// <summary>A finding with its reasons.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="WastedUsd">Wasted so far; null where no price is known.</param>
/// <param name="Criterion">The rule's criterion with its thresholds.</param>
/// <param name="Saving">How the saving came about.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Steps">What a person can do, the safest first; nothing here does it.</param>
/// <param name="Keep">The wish to keep it, or null.</param>
/// <param name="Birth">Who made it when, or null.</param>
/// <param name="History">What happened to it.</param>
internal sealed record FindingDetail(
    FindingItem Finding, decimal? WastedUsd, string Criterion, Saving Saving, IReadOnlyList<Observation> Evidence, IReadOnlyList<NextStep> Steps, Keep? Keep, Birth? Birth,
    IReadOnlyList<FindingNote> History)
{
    /// <summary>From the document.</summary>
    public static FindingDetail Of(ZombieFinding f, DateTimeOffset now) => new(FindingItem.Of(f), f.WastedUntil(now), f.Criterion, f.Saving, f.Evidence, f.Steps, f.Keep, f.Birth, f.History);
}

/// <summary>The wish to keep a resource.</summary>
/// <param name="Reason">Why, at most 500 characters.</param>
/// <param name="Until">UTC, from now to two years.</param>
internal sealed record KeepBody(string Reason, DateTimeOffset Until);

/// <summary>A rule.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it finds.</param>
/// <param name="Service">Service.</param>
/// <param name="Criterion">When, with the thresholds as set.</param>
/// <param name="IsOn">Whether it is used.</param>
/// <param name="Thresholds">As set.</param>
/// <param name="Found">How many of its findings are not gone.</param>
/// <param name="UsdPerMonth">What ending those would save.</param>
internal sealed record RuleItem(string Id, string Title, string Service, string Criterion, bool IsOn, IReadOnlyList<ThresholdItem> Thresholds, int Found, decimal UsdPerMonth)
{
    /// <summary>From rule, setting and findings.</summary>
    public static RuleItem Of(ZombieRule rule, RuleSetting? setting, (int Count, decimal Usd) found)
    {
        var set = setting ?? new RuleSetting { Id = rule.Id };
        return new(
            rule.Id, rule.Title, rule.Kind.Service, rule.CriterionWith(set), set.IsOn,
            [.. rule.Thresholds.Select(threshold => new ThresholdItem(threshold.Name, set.ValueOf(rule, threshold.Name), threshold.Default, threshold.Least, threshold.Most, threshold.Unit))],
            found.Count, found.Usd);
    }
}

/// <summary>A threshold of a rule.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">As set.</param>
/// <param name="Default">Where nothing is set.</param>
/// <param name="Least">Lowest.</param>
/// <param name="Most">Highest.</param>
/// <param name="Unit">Unit.</param>
internal sealed record ThresholdItem(string Name, double Value, double Default, double Least, double Most, string Unit);

/// <summary>What is set of a rule.</summary>
/// <param name="IsOn">Whether it is used.</param>
/// <param name="Thresholds">By name; those left out go back to their default.</param>
internal sealed record RuleBody(bool IsOn, IReadOnlyDictionary<string, double>? Thresholds = null);

/// <summary>A scan.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AccountId">AWS account.</param>
/// <param name="State">State.</param>
/// <param name="StartedAt">When.</param>
/// <param name="FinishedAt">When it ended, or null.</param>
/// <param name="AskedBy">Who asked; schedule for nobody.</param>
/// <param name="PartsDone">Parts looked at.</param>
/// <param name="PartsTotal">Parts there are.</param>
/// <param name="Resources">Resources seen.</param>
/// <param name="Findings">Zombies seen.</param>
/// <param name="Calls">AWS calls made.</param>
/// <param name="CostUsd">What the scan itself cost.</param>
/// <param name="Gaps">What could not be looked at, and why.</param>
internal sealed record ScanItem(
    string Id, string AccountId, HuntState State, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string AskedBy, int PartsDone, int PartsTotal, int Resources, int Findings,
    long Calls, decimal CostUsd, IReadOnlyList<ScanGap> Gaps)
{
    /// <summary>From the document.</summary>
    public static ScanItem Of(HuntRun run) => new(
        run.Id, run.AccountId, run.State, run.StartedAt, run.FinishedAt, run.AskedBy, run.PartsDone, run.PartsTotal, run.Resources, run.Findings, run.Calls, run.Usd, run.Gaps);
}

/// <summary>Asks for a scan.</summary>
/// <param name="Account">Id of the connected account.</param>
/// <param name="Services">Names of services; left out for all.</param>
/// <param name="Rules">Ids of rules; left out for all.</param>
internal sealed record ScanBody(string Account, IReadOnlyList<string>? Services = null, IReadOnlyList<string>? Rules = null);

/// <summary>How accounts are hunted through.</summary>
/// <param name="KeepTags">Tags that keep a resource from being judged: key, or key=value.</param>
/// <param name="MostUsdPerScan">What the calls of one scan of an account may cost, 0 to 1,000 USD.</param>
/// <param name="MostUsdPerMonth">What those of all scans of an account may cost in a month, 0 to 10,000 USD.</param>
/// <param name="SkipsRegionsWithoutSpend">Leaves out regions in which nothing was spent.</param>
/// <param name="SkipsServicesWithoutSpend">Leaves out services on which nothing was spent.</param>
/// <param name="CorrectsLedger">What a scan sees corrects what is said to run.</param>
/// <param name="AsksForBill">Asks Cost Explorer what machines were billed.</param>
internal sealed record HuntBody(
    IReadOnlyList<string> KeepTags, decimal MostUsdPerScan, decimal MostUsdPerMonth, bool SkipsRegionsWithoutSpend, bool SkipsServicesWithoutSpend, bool CorrectsLedger, bool AsksForBill);

/// <summary>A scan that was asked for.</summary>
/// <param name="Id">Its id.</param>
internal sealed record ScanAsked(string Id);

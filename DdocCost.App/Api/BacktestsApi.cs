using DdocCost.App.Access;
using DdocCost.Domain.Backtest;
using DdocCost.Domain.Tuning;
using DdocCost.Jobs.Backtest;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Api;

/// <summary>What other settings would have told, tried on the stored history. A run is about all accounts.</summary>
internal static class BacktestsApi
{
    private const int MostDays = 365;

    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/backtests").WithTags("Detection");
        runs.MapGet("", ListAsync).WithSummary("Backtests of 30 days, the latest first, with progress and result.").Produces<IReadOnlyList<BacktestRun>>();
        runs.MapGet("/{id}", FindAsync).WithSummary("One backtest: how far it is, and what it found so far.").Produces<BacktestRun>();
        runs.MapPost("", AskAsync).WithSummary("Starts one in the background; one at a time.").Produces<BacktestAsked>().RequireAuthorization(Roles.ApiTriagePolicy);
        runs.MapDelete("/{id}", StopAsync).WithSummary("Stops one; what it found stays.").RequireAuthorization(Roles.ApiTriagePolicy);
    }

    private static async Task<object> ListAsync(IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        caller.MustSeeAll();
        await using var session = store.QuerySession(caller.Tenant);
        return await session.Query<BacktestRun>().OrderByDescending(run => run.AskedAt).Take(BacktestRun.MostKept).ToListAsync(cancellationToken);
    }

    private static async Task<object> FindAsync(string id, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        caller.MustSeeAll();
        await using var session = store.QuerySession(caller.Tenant);
        return await session.LoadAsync<BacktestRun>(id, cancellationToken) ?? throw ApiException.NotFound("backtest");
    }

    private static async Task<object> AskAsync(BacktestBody body, BacktestDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        caller.MustSeeAll();
        if (body.Days is < 1 or > MostDays)
        {
            throw ApiException.Invalid("days", $"From 1 to {MostDays}.");
        }

        var (run, problem) = await desk.AskAsync(caller.Tenant, body.Rules, TimeSpan.FromDays(body.Days), caller.Speaker, cancellationToken);
        return run is null ? throw ApiException.Refused([problem!]) : new BacktestAsked(run);
    }

    private static async Task<NoContent> StopAsync(string id, BacktestDesk desk, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        await FindAsync(id, store, caller, cancellationToken);
        await desk.StopAsync(caller.Tenant, id, caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <summary>A backtest to start.</summary>
/// <param name="Rules">Rules to try beside those that hold.</param>
/// <param name="Days">How far back, 1 to 365; 30 where left out.</param>
internal sealed record BacktestBody(IReadOnlyList<SensitivityRule> Rules, int Days = 30);

/// <summary>A backtest that was asked for.</summary>
/// <param name="Id">Its id.</param>
internal sealed record BacktestAsked(string Id);

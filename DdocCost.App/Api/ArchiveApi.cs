using DdocCost.App.Access;
using DdocCost.App.Archive;
using DdocCost.Domain.Reprocess;
using DdocCost.Jobs;
using DdocCost.Jobs.Archive;
using DdocCost.Jobs.Reprocess;
using Hangfire;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Api;

/// <summary>The raw archive, and reading a range of it again.</summary>
internal static class ArchiveApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var archive = api.MapGroup("/archive").WithTags("Archive");
        archive.MapGet("", ReadAsync).WithSummary("Whether the archive is sound, by account, and the latest runs.").Produces<ArchiveItem>();
        archive.MapPost("/check", CheckAsync).WithSummary("Checks all objects against their hashes, in the background.").RequireAuthorization(Roles.ApiAdminPolicy);
        var runs = archive.MapGroup("/runs").RequireAuthorization(Roles.ApiAdminPolicy);
        runs.MapGet("/{id}", FindAsync).WithSummary("One run: how far it is, and what became of the events.").Produces<ReprocessRun>();
        runs.MapPost("", AskAsync).WithSummary("Reads a range again with the catalogue and prices of now, in the background; one run at a time. One over the same range that was cut off goes on.").Produces<ReprocessRun>();
        runs.MapDelete("/{id}", StopAsync).WithSummary("Stops a run; the accounts it has finished are done.");
    }

    private static async Task<object> ReadAsync(ArchiveReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        var view = await reader.ReadAsync(caller.Sight, cancellationToken);
        return new ArchiveItem(view.Problem is null, view.KeepDays, view.Accounts.Count(account => !account.IsSound), view.Known, view.Runs);
    }

    private static Accepted CheckAsync(IBackgroundJobClient jobs)
    {
        jobs.Enqueue<ArchiveCheckJob>(JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None));
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<object> FindAsync(string id, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(caller.Tenant);
        return await session.LoadAsync<ReprocessRun>(id, cancellationToken) ?? throw ApiException.NotFound("run");
    }

    private static async Task<object> AskAsync(ReprocessBody body, ReprocessDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        var (run, problem) = await desk.AskAsync(caller.Tenant, body.Account, body.From.ToUniversalTime(), body.To.ToUniversalTime(), caller.Speaker, cancellationToken);
        if (run is null)
        {
            throw ApiException.Refused([problem!]);
        }

        desk.Start(caller.Tenant, run.Id);
        return run;
    }

    private static async Task<NoContent> StopAsync(string id, ReprocessDesk desk, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        await FindAsync(id, store, caller, cancellationToken);
        await desk.StopAsync(caller.Tenant, id, caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <summary>The raw archive.</summary>
/// <param name="IsReachable">Whether it answers.</param>
/// <param name="KeepDays">How long objects are kept; null for ever.</param>
/// <param name="UnsoundAccounts">Accounts in which the last check missed or found damaged objects.</param>
/// <param name="Accounts">Accounts that can be read again.</param>
/// <param name="Runs">Latest runs, the newest first.</param>
internal sealed record ArchiveItem(bool IsReachable, int? KeepDays, int UnsoundAccounts, IReadOnlyList<string> Accounts, IReadOnlyList<ReprocessRun> Runs);

/// <summary>A range to read again.</summary>
/// <param name="From">Events from then on, UTC.</param>
/// <param name="To">Events before then, UTC.</param>
/// <param name="Account">Of that account only; left out for all.</param>
internal sealed record ReprocessBody(DateTimeOffset From, DateTimeOffset To, string? Account = null);

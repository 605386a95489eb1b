using DdocCost.App.Access;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Api;

/// <summary>What people said is as it should be.</summary>
internal static class ExpectationsApi
{
    private const int Most = 500;

    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var expectations = api.MapGroup("/expectations").WithTags("Detection");
        expectations.MapGet("", ListAsync).WithSummary("What is expected and not alerted, the latest first.").Produces<IReadOnlyList<StandingExpectation>>();
        expectations.MapDelete("/{id}", ForgetAsync).WithSummary("Ends an expectation; reopens the case it was said of.").RequireAuthorization(Roles.ApiTriagePolicy);
    }

    private static async Task<object> ListAsync(IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(caller.Tenant);
        return await caller.Seen(session.Query<StandingExpectation>()).OrderByDescending(one => one.Signature.At).Take(Most).ToListAsync(cancellationToken);
    }

    private static async Task<NoContent> ForgetAsync(string id, CaseDesk desk, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(caller.Tenant);
        caller.See(await session.LoadAsync<StandingExpectation>(id, cancellationToken), one => one.AccountId, "expectation");
        await desk.ExpectNoMoreAsync(caller.Tenant, id, caller.Name, Mouth.Api, cancellationToken);
        return TypedResults.NoContent();
    }
}

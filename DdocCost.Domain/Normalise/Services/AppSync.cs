using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>AppSync: caches run by the hour, calls are billed by number. Source: AWS AppSync API reference.</summary>
internal static class AppSync
{
    private const string Api = "appsync:api";
    private const string Cache = "appsync:api-cache";

    public static readonly Service Service = new("appsync",
        Starts("CreateGraphqlApi", Api, "apiId", part: "graphqlApi"),
        Starts("CreateApi", Api, "apiId", part: "api"),
        Starts("CreateApiCache", Cache, Sized),
        Changes("UpdateApiCache", Cache, Sized),
        Stops("DeleteApiCache", Cache, "apiId"),
        Stops("DeleteGraphqlApi", Api, "apiId"),
        Stops("DeleteApi", Api, "apiId"));

    private static void Sized(CloudTrailRecord record, ChangeList changes) =>
        changes.Add(size: record.Request["type"].Text?.ToLowerInvariant(), id: record.Request["apiId"].Text);
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// API Gateway: caches of stages run by the hour, calls are billed by number. REST APIs (v1) and HTTP APIs (v2) share the eventSource.
/// Source: both API Gateway API references; CloudTrail records of most calls.
/// </summary>
internal static class ApiGateway
{
    private const string Api = "apigateway:api";
    private const string Cache = "apigateway:cache";
    private const string Link = "apigateway:vpc-link";

    public static readonly Service Service = new("apigateway",
        Starts("CreateRestApi", Api, "id"),
        Starts("ImportRestApi", Api, "id"),
        Starts("CreateApi", Api, "apiId"),
        Starts("ImportApi", Api, "apiId"),
        Starts("CreateVpcLink", Link, (record, changes) => changes.Add(id: record.Response["vpcLinkId"].Or(record.Response["id"]).Text)),
        Starts("CreateStage", Cache, (record, changes) => Cached(record, changes, record.Request["createStageInput"].Or(record.Request))),
        Starts("CreateDeployment", Cache, (record, changes) => Cached(record, changes, record.Request["createDeploymentInput"].Or(record.Request))),
        Changes("UpdateStage", Cache, UpdateStage),
        Stops("DeleteStage", Cache, (record, changes) => changes.Add(id: StageOf(record))),
        Stops("DeleteRestApi", Api, "restApiId"),
        Stops("DeleteApi", Api, "apiId"),
        Stops("DeleteVpcLink", Link, "vpcLinkId"));

    private static void Cached(CloudTrailRecord record, ChangeList changes, Field asked)
    {
        if (asked["cacheClusterEnabled"].Flag == true)
        {
            changes.Add(
                size: asked["cacheClusterSize"].Text,
                id: Ids.Within(record.Request["restApiId"].Text, asked["stageName"].Or(record.Request["stageName"]).Text),
                owner: Ids.Owner(Api, record.Request["restApiId"].Text));
        }
    }

    // {"patchOperations":[{"op":"replace","path":"/cacheClusterSize","value":"6.1"}]}
    private static void UpdateStage(CloudTrailRecord record, ChangeList changes)
    {
        string? size = null;
        var enabled = (bool?)null;
        foreach (var patch in record.Request["patchOperations"].Or(record.Request["updateStageInput"]["patchOperations"]).Items)
        {
            size = patch["path"].Text == "/cacheClusterSize" ? patch["value"].Text : size;
            enabled = patch["path"].Text == "/cacheClusterEnabled" ? patch["value"].Flag : enabled;
        }

        if (enabled == false)
        {
            changes.Add(id: StageOf(record), action: ResourceAction.Stop);
        }
        else if (enabled == true || size is not null)
        {
            changes.Add(size: size, id: StageOf(record), owner: Ids.Owner(Api, record.Request["restApiId"].Text));
        }
    }

    private static string? StageOf(CloudTrailRecord record) =>
        Ids.Within(record.Request["restApiId"].Or(record.Request["apiId"]).Text, record.Request["stageName"].Text);
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// ECS services and tasks; only those on Fargate are billed, the others run on instances that are billed themselves. Source: ECS API
/// reference; a CloudTrail record of each call.
/// </summary>
internal static class Ecs
{
    private const string Definition = "ecs:task-definition";
    private const string Serving = "ecs:service";
    private const string Task = "ecs:task";
    private const string Cluster = "ecs:cluster";
    private const string Provider = "ecs:capacity-provider";
    private const string TaskSet = "ecs:task-set";

    public static readonly Service Service = new("ecs",
        Defines("RegisterTaskDefinition", Definition, Define),
        Starts("CreateService", Serving, ServiceAt),
        Changes("UpdateService", Serving, Update),
        Stops("DeleteService", Serving, (record, changes) => changes.Add(id: ServiceId(record))),
        Starts("RunTask", Task, Run),
        Starts("StartTask", Task, Run),
        Stops("StopTask", Task, (record, changes) => changes.Add(id: Ids.Tail(record.Response["task"]["taskArn"].Or(record.Request["task"]).Text))),
        Starts("CreateCluster", Cluster, "clusterName", part: "cluster"),
        Stops("DeleteCluster", Cluster, (record, changes) => changes.Add(id: Ids.Tail(record.Request["cluster"].Text))),
        Starts("CreateCapacityProvider", Provider, "name", part: "capacityProvider"),
        Stops("DeleteCapacityProvider", Provider, (record, changes) => changes.Add(id: Ids.Tail(record.Request["capacityProvider"].Text))),
        Starts("CreateTaskSet", TaskSet, (record, changes) =>
        {
            var made = record.Made("taskSet");
            changes.Add(
                size: LaunchType(made), quantity: record.Response["taskSet"]["computedDesiredCount"].Amount, id: Ids.Tail(made["taskSetArn"].Text),
                traits: Spot(made["capacityProviderStrategy"]), definition: Named(made["taskDefinition"].Text));
        }),
        Stops("DeleteTaskSet", TaskSet, (record, changes) => changes.Add(id: Ids.Tail(record.Request["taskSet"].Text))));

    private static void Define(CloudTrailRecord record, ChangeList changes)
    {
        var made = record.Made("taskDefinition");
        var family = made["family"].Text;
        var size = made["requiresCompatibilities"].Items.Contains("FARGATE") ? "fargate" : null;
        var traits = TaskSize.Traits(made["cpu"], made["memory"]) with
        {
            OperatingSystem = made["runtimePlatform"]["operatingSystemFamily"].Text?.ToLowerInvariant(),
            Variant = made["runtimePlatform"]["cpuArchitecture"].Text?.ToLowerInvariant(),
        };
        changes.Add(size: size, id: family, definition: Named(family), traits: traits);
        if (made["taskDefinitionArn"].Text is { } revision)
        {
            changes.Add(size: size, id: family, definition: Named(revision), traits: traits);
        }
    }

    private static void ServiceAt(CloudTrailRecord record, ChangeList changes)
    {
        var made = record.Made("service");
        changes.Add(
            size: LaunchType(made), quantity: made["desiredCount"].Amount, id: ServiceId(record),
            traits: Spot(made["capacityProviderStrategy"]), definition: Named(made["taskDefinition"].Text));
    }

    // Without a new count or definition the update is a redeployment at the same rate.
    private static void Update(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        if (asked.IsObject && !asked["desiredCount"].IsPresent && !asked["taskDefinition"].IsPresent)
        {
            return;
        }

        var made = record.Response["service"];
        changes.Add(
            size: LaunchType(made), quantity: asked["desiredCount"].Or(made["desiredCount"]).Amount, id: ServiceId(record),
            traits: Spot(made["capacityProviderStrategy"].Or(asked["capacityProviderStrategy"])),
            definition: Named(made["taskDefinition"].Or(asked["taskDefinition"]).Text));
    }

    private static void Run(CloudTrailRecord record, ChangeList changes)
    {
        var tasks = record.Response["tasks"].Items;
        if (tasks.Count == 0 && record.Response["tasks"].IsPresent)
        {
            return; // answered, and none could be placed
        }

        var first = tasks.First;
        var ids = new List<string>(tasks.Count);
        foreach (var task in tasks)
        {
            if (Ids.Tail(task["taskArn"].Text) is { } id)
            {
                ids.Add(id);
            }
        }

        changes.Add(
            size: LaunchType(first["launchType"].IsPresent ? first : record.Request),
            quantity: tasks.Count > 0 ? tasks.Count : record.Request["count"].Amount,
            ids: ids,
            traits: TaskSize.Traits(first["cpu"].Or(record.Request["overrides"]["cpu"]), first["memory"].Or(record.Request["overrides"]["memory"])) with
            {
                Spot = IsSpot(first["capacityProviderName"].Text ?? record.Request["capacityProviderStrategy"].Items.First["capacityProvider"].Text),
            },
            definition: Named(first["taskDefinitionArn"].Or(record.Request["taskDefinition"]).Text));
    }

    // launchType is absent where a capacity provider strategy decides.
    private static string? LaunchType(Outcome made) => LaunchType(made["launchType"], made["capacityProviderStrategy"]);

    private static string? LaunchType(Field of) => LaunchType(of["launchType"], of["capacityProviderStrategy"]);

    private static string? LaunchType(Field launchType, Field strategy) =>
        launchType.Text?.ToLowerInvariant()
        ?? strategy.Items.First["capacityProvider"].Text switch
        {
            null => null,
            "FARGATE" or "FARGATE_SPOT" => "fargate",
            _ => "ec2",
        };

    private static ResourceTraits Spot(Field strategy) =>
        IsSpot(strategy.Items.First["capacityProvider"].Text) ? new ResourceTraits { Spot = true } : ResourceTraits.None;

    private static bool IsSpot(string? capacityProvider) => capacityProvider == "FARGATE_SPOT";

    /// <summary><c>cluster/service</c>, from ARNs of either form or names.</summary>
    private static string? ServiceId(CloudTrailRecord record)
    {
        var made = record.Made("service");
        var cluster = Ids.Tail(made["clusterArn"].Or(record.Request["cluster"]).Text) ?? "default";
        var name = Ids.Tail(made["serviceArn"].Or(made["serviceName"]).Or(record.Request["service"]).Text);
        return name is null ? null : Ids.Within(cluster, name);
    }

    // arn:…:task-definition/web:7 and web:7 → ecs:task-definition/web:7; the family alone means its newest revision.
    private static string? Named(string? definition) => Ids.Owner(Definition, Ids.Tail(definition));
}

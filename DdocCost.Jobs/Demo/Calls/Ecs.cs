using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Calls;

/// <summary>Calls to Amazon ECS, launch type Fargate.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon ECS developer guide, "Log Amazon ECS API calls using AWS CloudTrail".</remarks>
public static class Ecs
{
    /// <summary>Registers a revision of a task definition.</summary>
    /// <param name="log">Where.</param>
    /// <param name="at">When.</param>
    /// <param name="who">Who.</param>
    /// <param name="family">Its family.</param>
    /// <param name="cpuUnits">CPU of one task; 1024 are a vCPU.</param>
    /// <param name="memoryMib">Memory of one task in MiB.</param>
    /// <param name="revision">Number of the revision.</param>
    public static void RegisterTaskDefinition(this CallLog log, DateTimeOffset at, Caller who, string family, int cpuUnits, int memoryMib, int revision)
    {
        var containers = new[]
        {
            new { name = family, image = $"{log.Account.Id}.dkr.ecr.{log.Account.Region}.amazonaws.com/{family}:{revision}", cpu = 0, essential = true },
        };
        var request = new
        {
            family,
            networkMode = "awsvpc",
            containerDefinitions = containers,
            requiresCompatibilities = new[] { "FARGATE" },
            cpu = $"{cpuUnits}",
            memory = $"{memoryMib}",
        };
        var response = new
        {
            taskDefinition = new
            {
                taskDefinitionArn = log.TaskDefinitionArn(family, revision),
                family,
                revision,
                status = "ACTIVE",
                networkMode = "awsvpc",
                containerDefinitions = containers,
                requiresCompatibilities = new[] { "FARGATE" },
                compatibilities = new[] { "EC2", "FARGATE" },
                cpu = $"{cpuUnits}",
                memory = $"{memoryMib}",
            },
        };
        log.Record(at, who, new ApiCall("ecs", "RegisterTaskDefinition", request, response));
    }

    /// <summary>Creates a service.</summary>
    public static void CreateService(this CallLog log, DateTimeOffset at, Caller who, string cluster, string name, string family, int revision, int tasks)
    {
        var request = new
        {
            cluster,
            serviceName = name,
            taskDefinition = $"{family}:{revision}",
            desiredCount = tasks,
            launchType = "FARGATE",
            schedulingStrategy = "REPLICA",
            platformVersion = "LATEST",
        };
        log.Record(at, who, new ApiCall("ecs", "CreateService", request, log.Described(cluster, name, family, revision, tasks, running: 0)));
    }

    /// <summary>Deploys a revision to a service, or changes how many of its tasks shall run.</summary>
    public static void UpdateService(this CallLog log, DateTimeOffset at, Caller who, string cluster, string name, string family, int revision, int tasks, int running)
    {
        var request = new { cluster, service = name, taskDefinition = $"{family}:{revision}", desiredCount = tasks, forceNewDeployment = false };
        log.Record(at, who, new ApiCall("ecs", "UpdateService", request, log.Described(cluster, name, family, revision, tasks, running)));
    }

    /// <summary>Deletes a service with all its tasks.</summary>
    public static void DeleteService(this CallLog log, DateTimeOffset at, Caller who, string cluster, string name, string family, int revision) =>
        log.Record(at, who, new ApiCall("ecs", "DeleteService", new { cluster, service = name, force = true }, log.Described(cluster, name, family, revision, tasks: 0, running: 0, "DRAINING")));

    private static object Described(this CallLog log, string cluster, string name, string family, int revision, int tasks, int running, string status = "ACTIVE")
    {
        var prefix = $"arn:aws:ecs:{log.Account.Region}:{log.Account.Id}";
        return new
        {
            service = new
            {
                serviceArn = $"{prefix}:service/{cluster}/{name}",
                serviceName = name,
                clusterArn = $"{prefix}:cluster/{cluster}",
                status,
                desiredCount = tasks,
                runningCount = running,
                pendingCount = 0,
                launchType = "FARGATE",
                platformVersion = "LATEST",
                taskDefinition = log.TaskDefinitionArn(family, revision),
                schedulingStrategy = "REPLICA",
            },
        };
    }

    private static string TaskDefinitionArn(this CallLog log, string family, int revision) =>
        $"arn:aws:ecs:{log.Account.Region}:{log.Account.Id}:task-definition/{family}:{revision}";
}

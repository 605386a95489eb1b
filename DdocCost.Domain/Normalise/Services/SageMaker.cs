using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>SageMaker endpoints, jobs and notebooks. Source: SageMaker API reference; a CloudTrail record of each call.</summary>
internal static class SageMaker
{
    private const decimal DaySeconds = 86_400;
    private const string EndpointConfig = "sagemaker:endpoint-config";
    private const string Endpoint = "sagemaker:endpoint";
    private const string Training = "sagemaker:training-job";
    private const string Processing = "sagemaker:processing-job";
    private const string Transform = "sagemaker:transform-job";
    private const string Notebook = "sagemaker:notebook";
    private const string Cluster = "sagemaker:cluster";
    private const string App = "sagemaker:app";
    private const string Processed = "sagemaker:job";
    private const string Domain = "sagemaker:domain";
    private const string Features = "sagemaker:feature-group";
    private const string Component = "sagemaker:inference-component";
    private const string Tracking = "sagemaker:mlflow-server";
    private const string Schedule = "sagemaker:monitoring-schedule";
    private const string Space = "sagemaker:space";

    public static readonly Service Service = new("sagemaker",
        Defines("CreateEndpointConfig", EndpointConfig, DefineEndpoint),
        Starts("CreateEndpoint", Endpoint, FromConfig),
        Changes("UpdateEndpoint", Endpoint, FromConfig),
        Changes("UpdateEndpointWeightsAndCapacities", Endpoint, Capacity),
        Stops("DeleteEndpoint", Endpoint, "endpointName"),
        Starts("CreateTrainingJob", Training, (record, changes) => Job(record, changes, "trainingJobName", record.Request["resourceConfig"])),
        Stops("StopTrainingJob", Training, "trainingJobName"),
        Starts("CreateProcessingJob", Processing, (record, changes) =>
            Job(record, changes, "processingJobName", record.Request["processingResources"]["clusterConfig"])),
        Stops("StopProcessingJob", Processing, "processingJobName"),
        Starts("CreateTransformJob", Transform, (record, changes) => Job(record, changes, "transformJobName", record.Request["transformResources"])),
        Stops("StopTransformJob", Transform, "transformJobName"),
        Starts("CreateHyperParameterTuningJob", Training, Tune),
        Stops("StopHyperParameterTuningJob", Training, "hyperParameterTuningJobName"),
        Starts("CreateCluster", Cluster, (record, changes) => Groups(record, changes, "clusterName")),
        Changes("UpdateCluster", Cluster, (record, changes) => Groups(record, changes, "clusterName")),
        Stops("DeleteCluster", Cluster, "clusterName"),
        Starts("CreateNotebookInstance", Notebook, (record, changes) => changes.Add(
            size: record.Request["instanceType"].Text, id: record.Request["notebookInstanceName"].Text, traits: Gib(record.Request))),
        Starts("StartNotebookInstance", Notebook, (record, changes) => changes.Add(id: record.Request["notebookInstanceName"].Text)),
        Changes("UpdateNotebookInstance", Notebook, (record, changes) =>
        {
            if (record.Request["instanceType"].Text is { } size)
            {
                changes.Add(size: size, id: record.Request["notebookInstanceName"].Text, traits: Gib(record.Request));
            }
        }),
        Stops("StopNotebookInstance", Notebook, "notebookInstanceName"),
        Stops("DeleteNotebookInstance", Notebook, "notebookInstanceName"),
        Starts("CreateApp", App, (record, changes) =>
        {
            if (record.Request["resourceSpec"]["instanceType"].Text is not (null or "system") || !record.Request.IsObject)
            {
                changes.Add(size: record.Request["resourceSpec"]["instanceType"].Text, id: AppId(record.Request));
            }
        }),
        Stops("DeleteApp", App, (record, changes) => changes.Add(id: AppId(record.Request))),
        Starts("CreateAutoMLJob", Processed, "autoMLJobName"),
        Starts("CreateAutoMLJobV2", Processed, "autoMLJobName"),
        Stops("StopAutoMLJob", Processed, "autoMLJobName"),
        Starts("CreateInferenceRecommendationsJob", Processed, "jobName"),
        Stops("StopInferenceRecommendationsJob", Processed, "jobName"),
        Starts("CreateLabelingJob", Processed, "labelingJobName"),
        Stops("StopLabelingJob", Processed, "labelingJobName"),
        Starts("StartPipelineExecution", Processed, "pipelineExecutionArn"),
        Stops("StopPipelineExecution", Processed, "pipelineExecutionArn"),
        Starts("CreateDomain", Domain, (record, changes) => changes.Add(id: Ids.Tail(record.Response["domainArn"].Text) ?? record.Request["domainName"].Text)),
        Stops("DeleteDomain", Domain, "domainId"),
        Starts("CreateFeatureGroup", Features, "featureGroupName"),
        Stops("DeleteFeatureGroup", Features, "featureGroupName"),
        Starts("CreateInferenceComponent", Component, "inferenceComponentName"),
        Stops("DeleteInferenceComponent", Component, "inferenceComponentName"),
        Starts("CreateMlflowTrackingServer", Tracking, id: "trackingServerName", size: "trackingServerSize"),
        Starts("StartMlflowTrackingServer", Tracking, "trackingServerName"),
        Stops("StopMlflowTrackingServer", Tracking, "trackingServerName"),
        Stops("DeleteMlflowTrackingServer", Tracking, "trackingServerName"),
        Starts("CreateMonitoringSchedule", Schedule, "monitoringScheduleName"),
        Starts("StartMonitoringSchedule", Schedule, "monitoringScheduleName"),
        Stops("StopMonitoringSchedule", Schedule, "monitoringScheduleName"),
        Stops("DeleteMonitoringSchedule", Schedule, "monitoringScheduleName"),
        Starts("CreateSpace", Space, (record, changes) => changes.Add(
            id: Ids.Within(record.Request["domainId"].Text, record.Request["spaceName"].Text),
            traits: record.Request["spaceSettings"]["spaceStorageSettings"]["ebsStorageSettings"]["ebsVolumeSizeInGb"].Amount is { } gib
            ? new ResourceTraits { StorageGib = gib } : null)),
        Stops("DeleteSpace", Space, (record, changes) => changes.Add(id: Ids.Within(record.Request["domainId"].Text, record.Request["spaceName"].Text))),
        Buys("CreateTrainingPlan", "sagemaker:training-plan", (record, changes) => changes.Add(
            id: record.Response["trainingPlanArn"].Text, note: "the record names the offering only, not its price")));

    private static void DefineEndpoint(CloudTrailRecord record, ChangeList changes)
    {
        var name = record.Request["endpointConfigName"].Text;
        Add(record.Request["productionVariants"]);
        Add(record.Request["shadowProductionVariants"]);

        void Add(Field variants)
        {
            foreach (var variant in variants.Items)
            {
                changes.Add(
                    size: variant["serverlessConfig"].IsPresent ? "serverless" : variant["instanceType"].Text,
                    quantity: variant["initialInstanceCount"].Amount, id: name, definition: Config(name), traits: Gib(variant));
            }
        }
    }

    private static void FromConfig(CloudTrailRecord record, ChangeList changes) =>
        changes.Add(id: record.Request["endpointName"].Text, definition: Config(record.Request["endpointConfigName"].Text));

    private static void Capacity(CloudTrailRecord record, ChangeList changes)
    {
        var count = record.Request["desiredWeightsAndCapacities"].Items.First["desiredInstanceCount"].Amount;
        if (count is not null)
        {
            changes.Add(quantity: count, id: record.Request["endpointName"].Text);
        }
    }

    // Jobs end by themselves, at the latest when their limit is reached: one day unless told otherwise.
    private static void Job(CloudTrailRecord record, ChangeList changes, string name, Field resources)
    {
        var seconds = record.Request["stoppingCondition"]["maxRuntimeInSeconds"].Amount ?? DaySeconds;
        var traits = Gib(resources) with { MaxHours = (double)seconds / 3600, Spot = record.Request["enableManagedSpotTraining"].Flag ?? false };
        var id = record.Request[name].Text;
        var groups = resources["instanceGroups"].Items;
        foreach (var group in groups)
        {
            changes.Add(size: group["instanceType"].Text, quantity: group["instanceCount"].Amount, id: id, traits: traits);
        }

        if (groups.Count == 0)
        {
            changes.Add(size: resources["instanceType"].Text, quantity: resources["instanceCount"].Amount, id: id, traits: traits);
        }
    }

    // As many training jobs at a time as allowed, one after the other until all are done.
    private static void Tune(CloudTrailRecord record, ChangeList changes)
    {
        var limits = record.Request["hyperParameterTuningJobConfig"]["resourceLimits"];
        var job = record.Request["trainingJobDefinition"];
        var resources = job["resourceConfig"].Or(job["hyperParameterTuningResourceConfig"]);
        var parallel = Math.Max(1, limits["maxParallelTrainingJobs"].Amount ?? 1);
        var rounds = Math.Ceiling(Math.Max(1, limits["maxNumberOfTrainingJobs"].Amount ?? 1) / parallel);
        var seconds = job["stoppingCondition"]["maxRuntimeInSeconds"].Amount ?? DaySeconds;
        changes.Add(
            size: resources["instanceType"].Text, quantity: (resources["instanceCount"].Amount ?? 1) * parallel,
            id: record.Request["hyperParameterTuningJobName"].Text,
            traits: Gib(resources) with { MaxHours = (double)(rounds * seconds) / 3600, Spot = job["enableManagedSpotTraining"].Flag ?? false });
    }

    private static void Groups(CloudTrailRecord record, ChangeList changes, string name)
    {
        foreach (var group in record.Request["instanceGroups"].Items)
        {
            changes.Add(size: group["instanceType"].Text, quantity: group["instanceCount"].Amount, id: record.Request[name].Text);
        }
    }

    private static string? Config(string? name) => name is null ? null : $"{EndpointConfig}/{name}";

    private static ResourceTraits Gib(Field of) =>
        of["volumeSizeInGB"].Amount is { } gib ? new ResourceTraits { StorageGib = gib } : ResourceTraits.None;

    private static string? AppId(Field app) =>
        Ids.Within(app["domainId"].Text, Ids.Within(app["userProfileName"].Or(app["spaceName"]).Text, app["appName"].Text));
}

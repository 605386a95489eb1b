using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Calls;

/// <summary>Calls to Amazon SageMaker AI.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon SageMaker AI developer guide, "Log Amazon SageMaker AI API calls with AWS CloudTrail".</remarks>
public static class SageMaker
{
    /// <summary>Starts a training job that ends by itself after at most some hours.</summary>
    public static void CreateTrainingJob(this CallLog log, DateTimeOffset at, Caller who, string name, string type, int instances, int maxHours)
    {
        var request = new
        {
            trainingJobName = name,
            algorithmSpecification = new { trainingImage = $"{log.Account.Id}.dkr.ecr.{log.Account.Region}.amazonaws.com/training:latest", trainingInputMode = "File" },
            roleArn = log.RoleArn,
            outputDataConfig = new { s3OutputPath = "s3://models/output" },
            resourceConfig = new { instanceType = type, instanceCount = instances, volumeSizeInGB = 100 },
            stoppingCondition = new { maxRuntimeInSeconds = maxHours * 3600 },
        };
        log.Record(at, who, new ApiCall("sagemaker", "CreateTrainingJob", request, new { trainingJobArn = log.Arn("training-job", name) }));
    }

    /// <summary>Stops a training job before its time.</summary>
    public static void StopTrainingJob(this CallLog log, DateTimeOffset at, Caller who, string name) =>
        log.Record(at, who, new ApiCall("sagemaker", "StopTrainingJob", new { trainingJobName = name }, null));

    /// <summary>Creates an endpoint together with its configuration.</summary>
    public static void CreateEndpoint(this CallLog log, DateTimeOffset at, Caller who, string name, string type, int instances)
    {
        var config = name + "-config";
        var variant = new { variantName = "main", modelName = name + "-model", instanceType = type, initialInstanceCount = instances, initialVariantWeight = 1 };
        log.Record(at, who, new ApiCall("sagemaker", "CreateEndpointConfig", new { endpointConfigName = config, productionVariants = new[] { variant } }, new { endpointConfigArn = log.Arn("endpoint-config", config) }));
        log.Record(at.AddSeconds(8), who, new ApiCall("sagemaker", "CreateEndpoint", new { endpointName = name, endpointConfigName = config }, new { endpointArn = log.Arn("endpoint", name) }));
    }

    /// <summary>Deletes an endpoint.</summary>
    public static void DeleteEndpoint(this CallLog log, DateTimeOffset at, Caller who, string name) =>
        log.Record(at, who, new ApiCall("sagemaker", "DeleteEndpoint", new { endpointName = name }, null));

    /// <summary>Creates a notebook instance, which then runs.</summary>
    public static void CreateNotebookInstance(this CallLog log, DateTimeOffset at, Caller who, string name, string type)
    {
        var request = new { notebookInstanceName = name, instanceType = type, roleArn = log.RoleArn, volumeSizeInGB = 20 };
        log.Record(at, who, new ApiCall("sagemaker", "CreateNotebookInstance", request, new { notebookInstanceArn = log.Arn("notebook-instance", name) }));
    }

    /// <summary>Starts a stopped notebook instance.</summary>
    public static void StartNotebookInstance(this CallLog log, DateTimeOffset at, Caller who, string name) =>
        log.Record(at, who, new ApiCall("sagemaker", "StartNotebookInstance", new { notebookInstanceName = name }, null));

    /// <summary>Stops a notebook instance.</summary>
    public static void StopNotebookInstance(this CallLog log, DateTimeOffset at, Caller who, string name) =>
        log.Record(at, who, new ApiCall("sagemaker", "StopNotebookInstance", new { notebookInstanceName = name }, null));

    extension(CallLog log)
    {
        private string RoleArn => $"arn:aws:iam::{log.Account.Id}:role/service-role/SageMakerExecution";

        private string Arn(string kind, string name) => $"arn:aws:sagemaker:{log.Account.Region}:{log.Account.Id}:{kind}/{name}";
    }
}

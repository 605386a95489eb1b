using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Calls;

/// <summary>Calls to AWS Lambda that cost by the hour: provisioned concurrency.</summary>
/// <remarks>Event names carry the API's version. Shapes as CloudTrail logs them: AWS Lambda developer guide, "Logging AWS Lambda API calls using AWS CloudTrail".</remarks>
public static class Lambda
{
    /// <summary>Creates a function with that much memory.</summary>
    public static void CreateFunction(this CallLog log, DateTimeOffset at, Caller who, string name, int memoryMib)
    {
        var request = new { functionName = name, runtime = "dotnet8", handler = "Function", role = $"arn:aws:iam::{log.Account.Id}:role/lambda", memorySize = memoryMib, timeout = 30, publish = true };
        var response = new { functionName = name, functionArn = log.FunctionArn(name), runtime = "dotnet8", memorySize = memoryMib, timeout = 30, version = "1", state = "Pending" };
        log.Record(at, who, new ApiCall("lambda", "CreateFunction20150331", request, response));
    }

    /// <summary>Keeps that many instances of a function warm.</summary>
    public static void PutProvisionedConcurrency(this CallLog log, DateTimeOffset at, Caller who, string name, int instances)
    {
        var request = new { functionName = name, qualifier = "live", provisionedConcurrentExecutions = instances };
        var response = new { requestedProvisionedConcurrentExecutions = instances, status = "IN_PROGRESS", lastModified = TrailRecord.Iso(at) };
        log.Record(at, who, new ApiCall("lambda", "PutProvisionedConcurrencyConfig20190930", request, response));
    }

    /// <summary>Keeps none warm any more.</summary>
    public static void DeleteProvisionedConcurrency(this CallLog log, DateTimeOffset at, Caller who, string name) =>
        log.Record(at, who, new ApiCall("lambda", "DeleteProvisionedConcurrencyConfig20190930", new { functionName = name, qualifier = "live" }, null));

    private static string FunctionArn(this CallLog log, string name) => $"arn:aws:lambda:{log.Account.Region}:{log.Account.Id}:function:{name}";
}

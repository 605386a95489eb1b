using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Calls;

/// <summary>Calls to Amazon Bedrock.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon Bedrock user guide, "Monitor Amazon Bedrock API calls using CloudTrail".</remarks>
internal static class Bedrock
{
    /// <summary>Buys throughput by the hour, without a term; returns its ARN.</summary>
    public static string CreateProvisionedModelThroughput(this CallLog log, DateTimeOffset at, Caller who, string name, string model, int units)
    {
        var arn = $"arn:aws:bedrock:{log.Account.Region}:{log.Account.Id}:provisioned-model/{log.Dice.Hex(12)}";
        var request = new { clientRequestToken = log.Dice.NewId(), modelUnits = units, provisionedModelName = name, modelId = model };
        log.Record(at, who, new ApiCall("bedrock", "CreateProvisionedModelThroughput", request, new { provisionedModelArn = arn }));
        return arn;
    }

    public static void DeleteProvisionedModelThroughput(this CallLog log, DateTimeOffset at, Caller who, string arn) =>
        log.Record(at, who, new ApiCall("bedrock", "DeleteProvisionedModelThroughput", new { provisionedModelId = arn }, null));
}

using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Bedrock's provisioned throughput, billed by model unit and hour. Source: Bedrock API reference; a CloudTrail record of each call.
/// </summary>
internal static class Bedrock
{
    private const string Throughput = "bedrock:provisioned-throughput";

    public static readonly Service Service = new("bedrock",
        Starts("CreateProvisionedModelThroughput", Throughput, (record, changes) => changes.Add(
            size: Ids.Tail(record.Request["modelId"].Text), quantity: record.Request["modelUnits"].Amount,
            id: record.Response["provisionedModelArn"].Or(record.Request["provisionedModelName"]).Text,
            note: record.Request["commitmentDuration"].Text is { } term ? $"committed for {term}" : null)),
        Stops("DeleteProvisionedModelThroughput", Throughput, "provisionedModelId"));
}

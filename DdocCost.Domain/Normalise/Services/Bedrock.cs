using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Bedrock's provisioned throughput, billed by model unit and hour. Source: Bedrock API reference; a CloudTrail record of each call.
/// </summary>
internal static class Bedrock
{
    private const string Throughput = "bedrock:provisioned-throughput";
    private const string Customisation = "bedrock:customisation-job";
    private const string Batch = "bedrock:batch-job";
    private const string Import = "bedrock:imported-model";
    private const string Evaluation = "bedrock:evaluation-job";
    private const string Endpoint = "bedrock:marketplace-endpoint";
    private const string Knowledge = "bedrock:knowledge-base";

    public static readonly Service Service = new("bedrock",
        Starts("CreateProvisionedModelThroughput", Throughput, (record, changes) => changes.Add(
            size: Ids.Tail(record.Request["modelId"].Text), quantity: record.Request["modelUnits"].Amount,
            id: record.Response["provisionedModelArn"].Or(record.Request["provisionedModelName"]).Text,
            note: record.Request["commitmentDuration"].Text is { } term ? $"committed for {term}" : null)),
        Stops("DeleteProvisionedModelThroughput", Throughput, "provisionedModelId"),
        Starts("CreateModelCustomizationJob", Customisation, "jobArn"),
        Stops("StopModelCustomizationJob", Customisation, "jobIdentifier"),
        Starts("CreateModelInvocationJob", Batch, "jobArn"),
        Stops("StopModelInvocationJob", Batch, "jobIdentifier"),
        Starts("CreateModelImportJob", Import, "jobArn"),
        Stops("DeleteImportedModel", Import, "modelIdentifier"),
        Starts("CreateEvaluationJob", Evaluation, "jobArn"),
        Stops("StopEvaluationJob", Evaluation, "jobIdentifier"),
        Starts("CreateMarketplaceModelEndpoint", Endpoint, Hosted),
        Changes("UpdateMarketplaceModelEndpoint", Endpoint, Hosted),
        Stops("DeleteMarketplaceModelEndpoint", Endpoint, (record, changes) => changes.Add(id: Ids.Plain(record.Request["endpointArn"]))),
        Starts("CreateKnowledgeBase", Knowledge, "knowledgeBaseId", part: "knowledgeBase"),
        Starts("StartIngestionJob", Knowledge, "ingestionJobId", part: "ingestionJob"),
        Stops("DeleteKnowledgeBase", Knowledge, "knowledgeBaseId"),
        Buys("CreateFoundationModelAgreement", "bedrock:model-agreement", (record, changes) => changes.Add(id: record["modelId"].Text)));

    private static void Hosted(CloudTrailRecord record, ChangeList changes)
    {
        var made = record.Response["marketplaceModelEndpoint"];
        var config = record.Request["endpointConfig"].Or(made["endpointConfig"])["sageMaker"];
        changes.Add(
            size: config["instanceType"].Text, quantity: config["initialInstanceCount"].Amount,
            id: Ids.Plain(made["endpointArn"].Or(record.Request["endpointArn"])));
    }
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// OpenSearch Ingestion pipelines, by compute unit (OCU), at least the minimum. Source: OpenSearch Ingestion API reference.
/// </summary>
internal static class OpenSearchIngestion
{
    private const string Pipeline = "osis:pipeline";

    public static readonly Service Service = new("osis",
        Starts("CreatePipeline", Pipeline, (record, changes) => changes.Add(
            size: "ocu", quantity: record.Request["minUnits"].Amount, id: record.Request["pipelineName"].Text)),
        Changes("UpdatePipeline", Pipeline, id: "pipelineName", quantity: "minUnits"),
        Starts("StartPipeline", Pipeline, "pipelineName"),
        Stops("StopPipeline", Pipeline, "pipelineName"),
        Stops("DeletePipeline", Pipeline, "pipelineName"));
}

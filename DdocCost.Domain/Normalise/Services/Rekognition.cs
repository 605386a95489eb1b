using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Rekognition: custom models by inference unit and hour, streams by the minute. Source: Amazon Rekognition API reference.
/// </summary>
internal static class Rekognition
{
    private const string Model = "rekognition:model";
    private const string Training = "rekognition:training";
    private const string Stream = "rekognition:stream-processor";

    public static readonly Service Service = new("rekognition",
        Starts("StartProjectVersion", Model, (record, changes) => changes.Add(
            size: "inference-unit", quantity: record.Request["minInferenceUnits"].Amount, id: record.Request["projectVersionArn"].Text)),
        Stops("StopProjectVersion", Model, "projectVersionArn"),
        Starts("CreateProjectVersion", Training, "projectVersionArn"),
        Starts("CreateStreamProcessor", Stream, "name"),
        Starts("StartStreamProcessor", Stream, "name"),
        Stops("StopStreamProcessor", Stream, "name"),
        Stops("DeleteStreamProcessor", Stream, "name"));
}

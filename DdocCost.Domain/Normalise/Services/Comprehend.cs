using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Comprehend: endpoints run by the second on inference units, models are trained by use. Source: Amazon Comprehend API reference.
/// </summary>
internal static class Comprehend
{
    private const string Endpoint = "comprehend:endpoint";
    private const string Model = "comprehend:model";

    public static readonly Service Service = new("comprehend",
        Starts("CreateEndpoint", Endpoint, id: "endpointArn", quantity: "desiredInferenceUnits"),
        Changes("UpdateEndpoint", Endpoint, id: "endpointArn", quantity: "desiredInferenceUnits"),
        Stops("DeleteEndpoint", Endpoint, "endpointArn"),
        Starts("CreateDocumentClassifier", Model, "documentClassifierArn"),
        Stops("StopTrainingDocumentClassifier", Model, "documentClassifierArn"),
        Stops("DeleteDocumentClassifier", Model, "documentClassifierArn"),
        Starts("CreateEntityRecognizer", Model, "entityRecognizerArn"),
        Stops("StopTrainingEntityRecognizer", Model, "entityRecognizerArn"),
        Stops("DeleteEntityRecognizer", Model, "entityRecognizerArn"),
        Starts("CreateFlywheel", Model, "flywheelArn"),
        Stops("DeleteFlywheel", Model, "flywheelArn"));
}

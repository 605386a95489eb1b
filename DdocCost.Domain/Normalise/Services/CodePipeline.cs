using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// CodePipeline: pipelines of the first type are billed by the month, those of the second by the minute of their actions. Source: AWS
/// CodePipeline API reference.
/// </summary>
internal static class CodePipeline
{
    private const string Pipeline = "codepipeline:pipeline";

    public static readonly Service Service = new("codepipeline",
        Starts("CreatePipeline", Pipeline, (record, changes) => changes.Add(
            size: record.Made("pipeline")["pipelineType"].Text?.ToLowerInvariant() ?? Asked(record)["pipelineType"].Text?.ToLowerInvariant() ?? "v1",
            id: record.Response["pipeline"]["name"].Or(Asked(record)["name"]).Text)),
        Changes("UpdatePipeline", Pipeline, (record, changes) =>
        {
            if (Asked(record)["pipelineType"].Text is { } type)
            {
                changes.Add(size: type.ToLowerInvariant(), id: Asked(record)["name"].Text);
            }
        }),
        Stops("DeletePipeline", Pipeline, "name"));

    private static Field Asked(CloudTrailRecord record) => record.Request["pipeline"];
}

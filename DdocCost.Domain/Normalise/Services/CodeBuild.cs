using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// CodeBuild: builds by the minute, up to their time limit, and fleets that are kept ready. Source: AWS CodeBuild API reference; a
/// CloudTrail record of CreateProject.
/// </summary>
internal static class CodeBuild
{
    private const string Project = "codebuild:project";
    private const string Build = "codebuild:build";
    private const string Fleet = "codebuild:fleet";

    /// <summary>A build without a limit of its own ends after an hour.</summary>
    private const decimal DefaultTimeoutMinutes = 60;

    public static readonly Service Service = new("codebuild",
        Defines("CreateProject", Project, Define),
        Defines("UpdateProject", Project, Define),
        Starts("StartBuild", Build, (record, changes) => Run(record, changes, record.Response["build"])),
        Starts("RetryBuild", Build, (record, changes) => Run(record, changes, record.Response["build"])),
        Stops("StopBuild", Build, "id"),
        Starts("StartBuildBatch", Build, (record, changes) => Run(record, changes, record.Response["buildBatch"])),
        Starts("RetryBuildBatch", Build, (record, changes) => Run(record, changes, record.Response["buildBatch"])),
        Stops("StopBuildBatch", Build, "id"),
        Starts("CreateFleet", Fleet, id: "arn", size: "computeType", quantity: "baseCapacity", part: "fleet"),
        Changes("UpdateFleet", Fleet, id: "arn", size: "computeType", quantity: "baseCapacity", part: "fleet"),
        Stops("DeleteFleet", Fleet, "arn"));

    private static void Define(CloudTrailRecord record, ChangeList changes)
    {
        var made = record.Made("project");
        var name = made["name"].Text;
        changes.Add(
            size: made["environment"]["computeType"].Text, id: name, definition: name is null ? null : $"{Project}/{name}",
            traits: Traits(made["environment"]["type"], made["timeoutInMinutes"]));
    }

    private static void Run(CloudTrailRecord record, ChangeList changes, Field build)
    {
        var environment = build["environment"];
        var name = record.Request["projectName"].Or(build["projectName"]).Text;
        var size = environment["computeType"].Or(record.Request["computeTypeOverride"]).Text;
        changes.Add(
            size: size, id: build["id"].Text, definition: size is null && name is not null ? $"{Project}/{name}" : null,
            traits: Traits(environment["type"], build["timeoutInMinutes"].Or(record.Request["timeoutInMinutesOverride"])),
            note: "ends by itself, which CloudTrail does not show");
    }

    private static ResourceTraits Traits(Field type, Field minutes) =>
        new() { Variant = type.Text, MaxHours = (double)(minutes.Amount ?? DefaultTimeoutMinutes) / 60 };
}

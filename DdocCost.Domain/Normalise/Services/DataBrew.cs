using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Glue DataBrew: jobs run on nodes by the minute, sessions are billed by the half hour. Source: AWS Glue DataBrew API reference.
/// </summary>
internal static class DataBrew
{
    private const string Job = "databrew:job";
    private const string JobRun = "databrew:job-run";
    private const string Session = "databrew:session";

    /// <summary>What a job gets that does not ask.</summary>
    private const decimal DefaultNodes = 5, DefaultTimeoutMinutes = 2880;

    public static readonly Service Service = new("databrew",
        Defines("CreateProfileJob", Job, Define),
        Defines("CreateRecipeJob", Job, Define),
        Defines("UpdateProfileJob", Job, Define),
        Defines("UpdateRecipeJob", Job, Define),
        Starts("StartJobRun", JobRun, (record, changes) => changes.Add(
            id: record.Response["runId"].Text, definition: record.Request["name"].Text is { } name ? $"{Job}/{name}" : null,
            note: "ends by itself, which CloudTrail does not show")),
        Stops("StopJobRun", JobRun, "runId"),
        Starts("StartProjectSession", Session, "name"));

    private static void Define(CloudTrailRecord record, ChangeList changes)
    {
        var name = record.Request["name"].Text;
        changes.Add(
            size: "node", quantity: record.Request["maxCapacity"].Amount ?? DefaultNodes, id: name,
            definition: name is null ? null : $"{Job}/{name}",
            traits: new ResourceTraits { MaxHours = (double)(record.Request["timeout"].Amount is { } limit and > 0 ? limit : DefaultTimeoutMinutes) / 60 });
    }
}

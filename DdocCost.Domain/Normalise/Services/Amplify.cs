using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Amplify apps, billed by build minute and traffic. Source: AWS Amplify API reference.</summary>
internal static class Amplify
{
    private const string App = "amplify:app";
    private const string Build = "amplify:build";

    public static readonly Service Service = new("amplify",
        Starts("CreateApp", App, "appId", part: "app"),
        Starts("StartJob", Build, (record, changes) => changes.Add(id: Ids.Within(record.Request["appId"].Text, record.Response["jobSummary"]["jobId"].Text))),
        Stops("StopJob", Build, (record, changes) => changes.Add(id: Ids.Within(record.Request["appId"].Text, record.Request["jobId"].Text))),
        Stops("DeleteApp", App, "appId"));
}

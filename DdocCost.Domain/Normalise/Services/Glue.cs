using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Glue job runs, development endpoints and interactive sessions, counted in workers. Source: AWS Glue API reference; a CloudTrail
/// record of each call.
/// </summary>
internal static class Glue
{
    private const string Job = "glue:job";
    private const string Run = "glue:job-run";
    private const string Endpoint = "glue:dev-endpoint";
    private const string Session = "glue:session";

    /// <summary>A run without a limit of its own ends after 48 hours.</summary>
    private const decimal DefaultTimeoutMinutes = 2880;
    private const string Crawler = "glue:crawler";
    private const string Transform = "glue:ml-transform";

    public static readonly Service Service = new("glue",
        Defines("CreateJob", Job, (record, changes) => DefineJob(record.Request["name"].Text, record.Request, changes)),
        Defines("UpdateJob", Job, (record, changes) => DefineJob(record.Request["jobName"].Text, record.Request["jobUpdate"], changes)),
        Starts("StartJobRun", Run, (record, changes) =>
        {
            var asked = record.Request;
            var (size, quantity) = Capacity(asked);
            var asDefined = size is null && asked["jobName"].IsPresent;
            changes.Add(
                size: size, quantity: quantity, id: record.Response["jobRunId"].Text,
                traits: asDefined && !asked["timeout"].IsPresent ? ResourceTraits.None : Limit(asked["timeout"]),
                definition: asDefined ? $"{Job}/{asked["jobName"].Text}" : null, note: "ends by itself, which CloudTrail does not show");
        }),
        Stops("BatchStopJobRun", Run, (record, changes) => changes.Add(ids: Ids.Of(record.Request["jobRunIds"]))),
        Starts("CreateDevEndpoint", Endpoint, Workers("endpointName")),
        Stops("DeleteDevEndpoint", Endpoint, "endpointName"),
        Starts("CreateSession", Session, Workers("id")),
        Stops("StopSession", Session, "id"),
        Stops("DeleteSession", Session, "id"),
        Starts("StartCrawler", Crawler, "name"),
        Stops("StopCrawler", Crawler, "name"),
        Starts("CreateMLTransform", Transform, "transformId"),
        Stops("DeleteMLTransform", Transform, "transformId"));

    private static void DefineJob(string? name, Field job, ChangeList changes)
    {
        var (size, quantity) = Capacity(job);
        changes.Add(size: size, quantity: quantity, id: name, definition: name is null ? null : $"{Job}/{name}", traits: Limit(job["timeout"]));
    }

    private static OperationReader Workers(string id) => (record, changes) =>
    {
        var (size, quantity) = Capacity(record.Request);
        changes.Add(size: size, quantity: quantity, id: record.Request[id].Text);
    };

    // Workers of a type, or plain processing units.
    private static (string? Size, decimal? Quantity) Capacity(Field of)
    {
        if (of["workerType"].Text is { } type)
        {
            return (type, of["numberOfWorkers"].Amount);
        }

        var units = of["maxCapacity"].Or(of["allocatedCapacity"]).Or(of["numberOfNodes"]).Amount;
        return units > 0 ? ("DPU", units) : (null, null);
    }

    private static ResourceTraits Limit(Field minutes) =>
        new() { MaxHours = (double)(minutes.Amount is { } limit and > 0 ? limit : DefaultTimeoutMinutes) / 60 };
}

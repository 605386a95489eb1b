using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// MediaConvert: jobs by the minute of output, reserved queues by the month. Source: AWS Elemental MediaConvert API reference.
/// </summary>
internal static class MediaConvert
{
    private const string Queue = "mediaconvert:queue";
    private const string Job = "mediaconvert:job";

    public static readonly Service Service = new("mediaconvert",
        Starts("CreateJob", Job, (record, changes) => changes.Add(id: record.Response["job"]["id"].Text)),
        Stops("CancelJob", Job, "id"),
        Starts("CreateQueue", Queue, (record, changes) =>
        {
            if (!record.Request.IsObject || record.Request["pricingPlan"].Text == "RESERVED")
            {
                changes.Add(
                    quantity: record.Request["reservationPlanSettings"]["reservedSlots"].Amount, id: record.Request["name"].Text,
                    note: "reserved slots, owed for a year");
            }
        }),
        Stops("DeleteQueue", Queue, "name"));
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Firehose streams, billed by what they take in; delivery into a VPC by zone and hour besides. Source: Amazon Data Firehose API
/// reference; a CloudTrail record of most calls.
/// </summary>
internal static class Firehose
{
    private const string Stream = "firehose:delivery-stream";

    public static readonly Service Service = new("firehose",
        Starts("CreateDeliveryStream", Stream, (record, changes) =>
        {
            var destination = record.Request["amazonopensearchserviceDestinationConfiguration"].Or(record.Request["elasticsearchDestinationConfiguration"])
                .Or(record.Request["amazonOpenSearchServerlessDestinationConfiguration"]);
            var zones = destination["vpcConfiguration"]["subnetIds"].Items.Count;
            changes.Add(size: zones > 0 ? "vpc" : null, quantity: zones > 0 ? zones : 1, id: record.Request["deliveryStreamName"].Text);
        }),
        Changes("UpdateDestination", Stream, (record, changes) => changes.Add(id: record.Request["deliveryStreamName"].Text)),
        Stops("DeleteDeliveryStream", Stream, "deliveryStreamName"));
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Amazon MQ brokers, counted in instances. Source: Amazon MQ API reference; a CloudTrail record of each call.</summary>
internal static class AmazonMq
{
    private const string Broker = "mq:broker";

    public static readonly Service Service = new("amazonmq",
        Starts("CreateBroker", Broker, (record, changes) => changes.Add(
            size: record["hostInstanceType"].Text,
            quantity: record.Request["deploymentMode"].Text switch { "CLUSTER_MULTI_AZ" => 3, "ACTIVE_STANDBY_MULTI_AZ" => 2, _ => 1 },
            id: record.Response["brokerId"].Text,
            traits: new ResourceTraits { Engine = record.Request["engineType"].Text?.ToLowerInvariant() })),
        Stops("DeleteBroker", Broker, (record, changes) => changes.Add(id: record["brokerId"].Or(record.Request["broker-id"]).Text)),
        Changes("UpdateBroker", Broker, (record, changes) =>
        {
            if (record.Request["hostInstanceType"].Text is { } size)
            {
                changes.Add(size: size, id: record["brokerId"].Or(record.Request["broker-id"]).Text, note: "applies in the next maintenance window");
            }
        }));
}

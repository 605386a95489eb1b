using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>MediaConnect flows, by the hour from start to stop. Source: AWS Elemental MediaConnect API reference.</summary>
internal static class MediaConnect
{
    private const string Flow = "mediaconnect:flow";

    public static readonly Service Service = new("mediaconnect",
        Starts("CreateFlow", Flow, (record, changes) => changes.Add(
            id: record.Response["flow"]["flowArn"].Text, note: "billed from its start")),
        Starts("StartFlow", Flow, (record, changes) => changes.Add(id: Ids.Plain(record["flowArn"]))),
        Stops("StopFlow", Flow, (record, changes) => changes.Add(id: Ids.Plain(record["flowArn"]))),
        Stops("DeleteFlow", Flow, (record, changes) => changes.Add(id: Ids.Plain(record["flowArn"]))),
        Buys("PurchaseOffering", "mediaconnect:reservation", (record, changes) => changes.Add(
            id: record.Response["reservation"]["reservationArn"].Text, committedUsdPerHour: record.Response["reservation"]["pricePerUnit"].Amount)));
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// MediaLive channels and multiplexes, billed while they run, and in part while idle. Source: AWS Elemental MediaLive API reference.
/// </summary>
internal static class MediaLive
{
    private const string Channel = "medialive:channel";
    private const string Multiplex = "medialive:multiplex";
    private const string Input = "medialive:input";

    public static readonly Service Service = new("medialive",
        Starts("CreateChannel", Channel, (record, changes) => changes.Add(
            size: record.Made("channel")["channelClass"].Text?.ToLowerInvariant(), id: record.Response["channel"]["id"].Text)),
        Starts("StartChannel", Channel, "channelId"),
        Changes("UpdateChannelClass", Channel, (record, changes) => changes.Add(
            size: record.Request["channelClass"].Text?.ToLowerInvariant(), id: record.Request["channelId"].Text)),
        Stops("StopChannel", Channel, "channelId"),
        Stops("DeleteChannel", Channel, "channelId"),
        Starts("BatchStart", Channel, (record, changes) => changes.Add(ids: Ids.Of(record.Request["channelIds"]))),
        Stops("BatchStop", Channel, (record, changes) => changes.Add(ids: Ids.Of(record.Request["channelIds"]))),
        Starts("CreateMultiplex", Multiplex, "id", part: "multiplex"),
        Starts("StartMultiplex", Multiplex, "multiplexId"),
        Stops("StopMultiplex", Multiplex, "multiplexId"),
        Stops("DeleteMultiplex", Multiplex, "multiplexId"),
        Starts("CreateInput", Input, "id", part: "input"),
        Stops("DeleteInput", Input, "inputId"),
        Buys("PurchaseOffering", "medialive:reservation", (record, changes) =>
        {
            var bought = record.Response["reservation"];
            var units = bought["count"].Or(record.Request["count"]).Amount ?? 1;
            changes.Add(
                quantity: units, id: bought["reservationId"].Text, paidUsd: bought["fixedPrice"].Amount * units,
                committedUsdPerHour: bought["usagePrice"].Amount * units);
        }));
}

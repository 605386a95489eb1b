using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Direct Connect ports, billed by the hour once they are up. Source: AWS Direct Connect API reference.</summary>
internal static class DirectConnect
{
    private const string Port = "directconnect:port";

    public static readonly Service Service = new("directconnect",
        Starts("CreateConnection", Port, id: "connectionId", size: "bandwidth"),
        Starts("CreateInterconnect", Port, id: "interconnectId", size: "bandwidth"),
        Starts("CreateLag", Port, (record, changes) => changes.Add(
            size: record.Request["connectionsBandwidth"].Or(record.Response["connectionsBandwidth"]).Text,
            quantity: record["numberOfConnections"].Amount, id: record.Response["lagId"].Text)),
        Starts("AllocateHostedConnection", Port, (record, changes) => Hosted(record, changes, record["bandwidth"].Text)),
        Starts("ConfirmConnection", Port, (record, changes) => Hosted(record, changes, "port")),
        Stops("DeleteConnection", Port, "connectionId"),
        Stops("DeleteInterconnect", Port, "interconnectId"),
        Stops("DeleteLag", Port, "lagId"));

    private static void Hosted(CloudTrailRecord record, ChangeList changes, string? bandwidth) =>
        changes.Add(size: $"hosted {bandwidth}", id: record["connectionId"].Text);
}

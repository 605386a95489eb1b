using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Transfer Family servers, billed by protocol also while stopped. Source: AWS Transfer Family API reference; a CloudTrail record of
/// each call.
/// </summary>
internal static class Transfer
{
    private const string Server = "transfer:server";
    private const string Connector = "transfer:connector";
    private const string WebApp = "transfer:web-app";

    public static readonly Service Service = new("transfer",
        Starts("CreateServer", Server, (record, changes) => changes.Add(
            quantity: Math.Max(1, record.Request["protocols"].Items.Count), id: record.Response["serverId"].Text)),
        Changes("UpdateServer", Server, (record, changes) =>
        {
            if (record.Request["protocols"].Items.Count is var protocols and > 0)
            {
                changes.Add(quantity: protocols, id: record.Request["serverId"].Text);
            }
        }),
        Stops("DeleteServer", Server, "serverId"),
        Starts("CreateConnector", Connector, "connectorId"),
        Stops("DeleteConnector", Connector, "connectorId"),
        Starts("CreateWebApp", WebApp, (record, changes) => changes.Add(
            quantity: record.Request["webAppUnits"]["provisioned"].Amount, id: record.Response["webAppId"].Text)),
        Stops("DeleteWebApp", WebApp, "webAppId"));
}

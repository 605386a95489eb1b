using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>GameLift fleets, by instance. Source: Amazon GameLift API reference.</summary>
internal static class GameLift
{
    private const string Fleet = "gamelift:fleet";
    private const string Group = "gamelift:game-server-group";

    public static readonly Service Service = new("gamelift",
        Starts("CreateFleet", Fleet, (record, changes) =>
        {
            var made = record.Response["fleetAttributes"];
            changes.Add(
                size: made["instanceType"].Or(record.Request["eC2InstanceType"]).Text, quantity: 1, id: made["fleetId"].Text,
                traits: System(made["operatingSystem"].Text, record.Request["fleetType"].Text));
        }),
        Changes("UpdateFleetCapacity", Fleet, (record, changes) =>
        {
            var asked = record.Request;
            if (!asked.IsObject || asked["desiredInstances"].Or(asked["minSize"]).IsPresent)
            {
                changes.Add(quantity: asked["desiredInstances"].Or(asked["minSize"]).Amount, id: asked["fleetId"].Text);
            }
        }),
        Stops("DeleteFleet", Fleet, "fleetId"),
        Starts("CreateContainerFleet", Fleet, (record, changes) => changes.Add(
            size: record.Made("containerFleet")["instanceType"].Text, quantity: 1, id: record.Response["containerFleet"]["fleetId"].Text)),
        Stops("DeleteContainerFleet", Fleet, "fleetId"),
        Starts("CreateGameServerGroup", Group, "gameServerGroupName"),
        Stops("DeleteGameServerGroup", Group, "gameServerGroupName"));

    private static ResourceTraits System(string? system, string? market) => new()
    {
        OperatingSystem = system is null ? null : system.StartsWith("WINDOWS", StringComparison.OrdinalIgnoreCase) ? "windows" : "linux",
        Spot = market == "SPOT",
    };
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>AppStream 2.0 fleets and builders, which run by the hour from start to stop. Source: AppStream 2.0 API reference.</summary>
internal static class AppStream
{
    private const string Fleet = "appstream:fleet";
    private const string FleetDefinition = "appstream:fleet-definition";
    private const string Builder = "appstream:image-builder";
    private const string AppBuilder = "appstream:app-block-builder";

    public static readonly Service Service = new("appstream",
        Defines("CreateFleet", FleetDefinition, DefineFleet),
        Changes("UpdateFleet", Fleet, (record, changes) =>
        {
            if (record.Request["instanceType"].IsPresent || record.Request["computeCapacity"].IsPresent)
            {
                changes.Add(size: record.Request["instanceType"].Text, quantity: Capacity(record.Request), id: record.Request["name"].Text);
            }
        }),
        Starts("StartFleet", Fleet, (record, changes) => changes.Add(
            id: record.Request["name"].Text, definition: record.Request["name"].Text is { } name ? $"{FleetDefinition}/{name}" : null)),
        Stops("StopFleet", Fleet, "name"),
        Stops("DeleteFleet", Fleet, "name"),
        Starts("CreateImageBuilder", Builder, id: "name", size: "instanceType", part: "imageBuilder"),
        Starts("StartImageBuilder", Builder, id: "name", size: "instanceType", part: "imageBuilder"),
        Stops("StopImageBuilder", Builder, "name"),
        Stops("DeleteImageBuilder", Builder, "name"),
        Starts("CreateAppBlockBuilder", AppBuilder, id: "name", size: "instanceType", part: "appBlockBuilder"),
        Starts("StartAppBlockBuilder", AppBuilder, id: "name", size: "instanceType", part: "appBlockBuilder"),
        Stops("StopAppBlockBuilder", AppBuilder, "name"),
        Stops("DeleteAppBlockBuilder", AppBuilder, "name"));

    private static void DefineFleet(CloudTrailRecord record, ChangeList changes)
    {
        var name = record.Request["name"].Text;
        changes.Add(
            size: record.Request["instanceType"].Text, quantity: Capacity(record.Request), id: name,
            definition: name is null ? null : $"{FleetDefinition}/{name}",
            note: record.Request["fleetType"].Text == "ON_DEMAND" ? "at most: billed at a lower rate while nobody uses it" : null);
    }

    private static decimal? Capacity(Field of) => of["computeCapacity"]["desiredInstances"].Amount;
}

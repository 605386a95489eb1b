using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Managed directories and connectors. Source: AWS Directory Service API reference; a CloudTrail record of each call.</summary>
internal static class DirectoryService
{
    private const string Directory = "ds:directory";
    private const string Controllers = "ds:domain-controllers";
    private const string Share = "ds:share";
    private const string Region = "ds:region";

    public static readonly Service Service = new("ds",
        Starts("CreateMicrosoftAD", Directory, (record, changes) => Add(record, changes, $"microsoft-ad {Size(record.Request["edition"], "enterprise")}")),
        Starts("CreateDirectory", Directory, (record, changes) => Add(record, changes, $"simple-ad {Size(record.Request["size"], "small")}")),
        Starts("ConnectDirectory", Directory, (record, changes) => Add(record, changes, $"ad-connector {Size(record.Request["size"], "small")}")),
        Stops("DeleteDirectory", Directory, "directoryId"),
        Changes("UpdateNumberOfDomainControllers", Controllers, (record, changes) => changes.Add(
            quantity: Math.Max(0, (record.Request["desiredNumber"].Amount ?? IncludedControllers) - IncludedControllers), id: record.Request["directoryId"].Text,
            owner: Ids.Owner(Directory, record.Request["directoryId"].Text))),
        Starts("ShareDirectory", Share, (record, changes) => changes.Add(
            id: record.Response["sharedDirectoryId"].Text, owner: Ids.Owner(Directory, record.Request["directoryId"].Text))),
        Stops("UnshareDirectory", Share, (record, changes) => changes.Add(id: record.Response["sharedDirectoryId"].Text)),
        Starts("AddRegion", Region, (record, changes) => changes.Add(id: Ids.Within(record.Request["directoryId"].Text, record.Request["regionName"].Text))),
        Stops("RemoveRegion", Region, "directoryId"));

    private static void Add(CloudTrailRecord record, ChangeList changes, string size) => changes.Add(size: size, id: record.Response["directoryId"].Text);

    private static string Size(Field size, string otherwise) => size.Text?.ToLowerInvariant() ?? otherwise;

    /// <summary>Two controllers are part of the directory's price.</summary>
    private const decimal IncludedControllers = 2;
}

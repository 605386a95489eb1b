using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Application Migration Service: replication is free for 90 days, what it launches is billed as EC2. Source: its API reference.
/// </summary>
internal static class ApplicationMigration
{
    private const string Server = "mgn:source-server";
    private const string Launch = "mgn:launch";

    public static readonly Service Service = new("mgn",
        Starts("StartReplication", Server, "sourceServerID"),
        Stops("DisconnectFromService", Server, "sourceServerID"),
        Starts("StartTest", Launch, (record, changes) => changes.Add(ids: Ids.Of(record.Request["sourceServerIDs"]))),
        Starts("StartCutover", Launch, (record, changes) => changes.Add(ids: Ids.Of(record.Request["sourceServerIDs"]))));
}

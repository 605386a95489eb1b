using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Timestream for LiveAnalytics, billed by what is written, kept and asked. Source: Amazon Timestream API reference; a CloudTrail
/// record of CreateDatabase.
/// </summary>
internal static class Timestream
{
    private const string Database = "timestream:database";
    private const string Table = "timestream:table";

    public static readonly Service Service = new("timestream",
        Starts("CreateDatabase", Database, "databaseName"),
        Stops("DeleteDatabase", Database, "databaseName"),
        Starts("CreateTable", Table, (record, changes) => changes.Add(id: Named(record))),
        Stops("DeleteTable", Table, (record, changes) => changes.Add(id: Named(record))));

    private static string? Named(CloudTrailRecord record) => Ids.Within(record.Request["databaseName"].Text, record.Request["tableName"].Text);
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Timestream for InfluxDB: instances by the hour, two where Multi-AZ. Source: Amazon Timestream for InfluxDB API reference.
/// </summary>
internal static class TimestreamInfluxDb
{
    private const string Database = "timestream:influxdb";

    public static readonly Service Service = new("timestream-influxdb",
        Starts("CreateDbInstance", Database, Sized),
        Changes("UpdateDbInstance", Database, (record, changes) =>
        {
            if (!record.Request.IsObject || record.Request["dbInstanceType"].IsPresent || record.Request["deploymentType"].IsPresent)
            {
                Sized(record, changes);
            }
        }),
        Stops("DeleteDbInstance", Database, "identifier"),
        Starts("CreateDbCluster", Database, Sized),
        Stops("DeleteDbCluster", Database, "dbClusterId"));

    private static void Sized(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: record["dbInstanceType"].Text,
        id: record.Response["id"].Or(record.Response["dbClusterId"]).Or(record.Request["identifier"]).Text,
        traits: new ResourceTraits
        {
            MultiAz = record["deploymentType"].Text is "WITH_MULTIAZ_STANDBY" or "MULTI_NODE_READ_REPLICAS",
            StorageGib = record["allocatedStorage"].Amount,
        });
}

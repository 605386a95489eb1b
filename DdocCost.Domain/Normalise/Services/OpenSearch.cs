using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// OpenSearch domains and Elasticsearch domains of old, both through es.amazonaws.com. Source: OpenSearch Service API reference; a
/// CloudTrail record of each call.
/// </summary>
internal static class OpenSearch
{
    private const string Domain = "opensearch:domain";

    public static readonly Service Service = new("es",
        Starts("CreateDomain", Domain, Create),
        Starts("CreateElasticsearchDomain", Domain, Create),
        Changes("UpdateDomainConfig", Domain, Update),
        Changes("UpdateElasticsearchDomainConfig", Domain, Update),
        Stops("DeleteDomain", Domain, "domainName"),
        Stops("DeleteElasticsearchDomain", Domain, "domainName"),
        Buys("PurchaseReservedInstanceOffering", "opensearch:reserved-instance", (record, changes) => Reservations.Add(
            changes, record.Response, default, record.Request["instanceCount"], record["reservedInstanceId"])),
        Buys("PurchaseReservedElasticsearchInstanceOffering", "opensearch:reserved-instance", (record, changes) => Reservations.Add(
            changes, record.Response, default, record.Request["instanceCount"], record["reservedElasticsearchInstanceId"])));

    private static void Create(CloudTrailRecord record, ChangeList changes)
    {
        var made = record.Response["domainStatus"];
        Add(
            record, changes,
            made["clusterConfig"].Or(made["elasticsearchClusterConfig"]).Or(record.Request["clusterConfig"]).Or(record.Request["elasticsearchClusterConfig"]),
            made["eBSOptions"].Or(record.Request["eBSOptions"]));
    }

    // The response wraps each setting: {"domainConfig":{"clusterConfig":{"options":{…},"status":{…}}}}.
    private static void Update(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        var (cluster, disk) = (asked["clusterConfig"].Or(asked["elasticsearchClusterConfig"]), asked["eBSOptions"]);
        if (asked.IsObject && !cluster.IsPresent && !disk.IsPresent)
        {
            return;
        }

        var now = record.Response["domainConfig"];
        Add(
            record, changes,
            now["clusterConfig"].Or(now["elasticsearchClusterConfig"])["options"].Or(cluster),
            now["eBSOptions"]["options"].Or(disk));
    }

    private static void Add(CloudTrailRecord record, ChangeList changes, Field cluster, Field disk)
    {
        var id = record["domainName"].Text ?? record.Response["domainStatus"]["domainName"].Text;
        changes.Add(
            size: cluster["instanceType"].Text, quantity: cluster["instanceCount"].Amount, id: id,
            traits: new ResourceTraits { StorageGib = disk["volumeSize"].Amount, StorageType = disk["volumeType"].Text, Iops = disk["iops"].Amount });
        Extra("dedicatedMasterEnabled", "dedicatedMasterType", "dedicatedMasterCount", "masters");
        Extra("warmEnabled", "warmType", "warmCount", "warm");

        void Extra(string enabled, string type, string count, string part)
        {
            if (cluster[enabled].Flag == true && cluster[count].Amount is { } number and > 0)
            {
                changes.Add(size: cluster[type].Text, quantity: number, id: Ids.Within(id, part), owner: $"opensearch:{id}");
            }
        }
    }
}

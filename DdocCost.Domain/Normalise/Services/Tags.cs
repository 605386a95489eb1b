using static DdocCost.Domain.Normalise.ResourceAction;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// The calls that tag what runs, or take tags away; they cost nothing and are no part of the catalogue of what does. Sources: the services' API
/// references; a CloudTrail record of CreateTags.
/// </summary>
internal static class Tags
{
    public static readonly IReadOnlyList<Service> Services =
    [
        Of("ec2", "resourcesSet", "CreateTags", "DeleteTags"),
        Of("rds", "resourceName", "AddTagsToResource", "RemoveTagsFromResource"),
        Of("elasticache", "resourceName", "AddTagsToResource", "RemoveTagsFromResource"),
        Of("dax", "resourceName", "TagResource", "UntagResource"),
        Of("dms", "resourceArn", "AddTagsToResource", "RemoveTagsFromResource"),
        Of("ds", "resourceId", "AddTagsToResource", "RemoveTagsFromResource"),
        Of("storagegateway", "resourceARN", "AddTagsToResource", "RemoveTagsFromResource"),
        Of("redshift", "resourceName", "CreateTags", "DeleteTags"),
        Of("workspaces", "resourceId", "CreateTags", "DeleteTags"),
        Of("amazonmq", "resource-arn", "CreateTags", "DeleteTags"),
        Of("medialive", "resource-arn", "CreateTags", "DeleteTags"),
        Of("sagemaker", "resourceArn", "AddTags", "DeleteTags"),
        Of("elasticloadbalancing", "resourceArns", "AddTags", "RemoveTags"),
        Of("es", "arn", "AddTags", "RemoveTags"),
        Of("elasticmapreduce", "resourceId", "AddTags", "RemoveTags"),
        Of("kinesis", "streamName", "AddTagsToStream", "RemoveTagsFromStream"),
        Of("kinesis", "resourceARN", "TagResource", "UntagResource"),
        Of("firehose", "deliveryStreamName", "TagDeliveryStream", "UntagDeliveryStream"),
        Of("acm-pca", "certificateAuthorityArn", "TagCertificateAuthority", "UntagCertificateAuthority"),
        Of("elasticfilesystem", "fileSystemId", "CreateTags", "DeleteTags"),
        Of("elasticfilesystem", "resourceId", "TagResource", "UntagResource"),
        Of("cloudhsm", "resourceId", "TagResource", "UntagResource"),
        Of("kms", "keyId", "TagResource", "UntagResource"),
        Of("secretsmanager", "secretId", "TagResource", "UntagResource"),
        Of("transfer", "arn", "TagResource", "UntagResource"),
        Of("tagging", "resourceARNList", "TagResources", "UntagResources"),
        .. from service in (string[])
            [
                "ecs", "eks", "dynamodb", "cassandra", "kafka", "memorydb", "fsx", "emr-serverless", "airflow", "network-firewall", "neptune-graph",
                "timestream-influxdb", "aoss", "kendra", "grafana", "appstream", "directconnect", "docdb-elastic", "apprunner", "globalaccelerator", "comprehend",
            ]
           select Of(service, "resourceArn", "TagResource", "UntagResource"),
        new("autoscaling", new("CreateOrUpdateTags", Tag, "autoscaling:group", ReadGroups), new("DeleteTags", Tag, "autoscaling:group", ReadGroups)),
    ];

    private static Service Of(string service, string member, string tags, string untags) =>
        new(service, [.. from name in (string[])[tags, untags] select new Operation(name, Tag, $"{service}:resource", (record, changes) => Read(service, Told(record.Request, member), changes))]);

    // Classic load balancers are named; a stream may be told by its ARN; a path's parameter comes with a dash or without.
    private static Field Told(Field request, string member) => request[member].Or(member switch
    {
        "resourceArns" => request["loadBalancerNames"],
        "streamName" => request["streamARN"],
        "resource-arn" => request["resourceArn"],
        _ => default,
    });

    private static void Read(string service, Field told, ChangeList changes)
    {
        var ids = Ids.Plain(told) is { } one ? [one] : Ids.Of(told, "resourceId");

        foreach (var named in ids.Select(id => TaggedResource.Of(service, id)).OfType<(string Type, string Id)>().GroupBy(named => named.Type))
        {
            changes.Add(type: named.Key, ids: [.. named.Select(one => one.Id)]);
        }
    }

    // Each tag names the group that it is for.
    private static void ReadGroups(CloudTrailRecord record, ChangeList changes)
    {
        var tags = new List<(string Group, string Key, string Value)>();
        foreach (var tag in record.Request["tags"].Items)
        {
            if (tag["resourceId"].Text is { } group && tag["key"].Text is { } key)
            {
                tags.Add((group, key, tag["value"].Text ?? ""));
            }
        }

        foreach (var group in tags.GroupBy(tag => tag.Group))
        {
            changes.Add(id: group.Key, tags: group.DistinctBy(tag => tag.Key).ToDictionary(tag => tag.Key, tag => tag.Value));
        }
    }
}

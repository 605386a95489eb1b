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
        Of("redshift", "resourceName", "CreateTags", "DeleteTags"),
        Of("elasticloadbalancing", "resourceArns", "AddTags", "RemoveTags"),
        Of("ecs", "resourceArn", "TagResource", "UntagResource"),
        Of("eks", "resourceArn", "TagResource", "UntagResource"),
        Of("dynamodb", "resourceArn", "TagResource", "UntagResource"),
        Of("kafka", "resourceArn", "TagResource", "UntagResource"),
        Of("memorydb", "resourceArn", "TagResource", "UntagResource"),
        Of("sagemaker", "resourceArn", "AddTags", "DeleteTags"),
        Of("es", "arn", "AddTags", "RemoveTags"),
        Of("elasticmapreduce", "resourceId", "AddTags", "RemoveTags"),
        Of("elasticfilesystem", "resourceId", "TagResource", "UntagResource"),
        Of("fsx", "resourceARN", "TagResource", "UntagResource"),
        Of("kms", "keyId", "TagResource", "UntagResource"),
        Of("tagging", "resourceARNList", "TagResources", "UntagResources"),
    ];

    private static Service Of(string service, string member, string tags, string untags) =>
        new(service, [.. from name in (string[])[tags, untags] select new Operation(name, Tag, $"{service}:resource", (record, changes) => Read(service, record.Request[member], changes))]);

    private static void Read(string service, Field told, ChangeList changes)
    {
        var ids = Ids.Of(told, "resourceId");
        if (ids.Count == 0 && Ids.Plain(told) is { } one)
        {
            ids.Add(one);
        }

        foreach (var named in ids.Select(id => Named(service, id)).OfType<(string Type, string Id)>().GroupBy(named => named.Type))
        {
            changes.Add(type: named.Key, ids: [.. named.Select(one => one.Id)]);
        }
    }

    /// <summary>A resource as the ledger knows it; null where it is none that costs.</summary>
    private static (string Type, string Id)? Named(string service, string id)
    {
        // arn:aws:rds:eu-west-1:111122223333:db:orders, arn:aws:ecs:…:service/prod/api
        if (!id.StartsWith("arn:", StringComparison.Ordinal))
        {
            return OfId(service, id);
        }

        if (id.Split(':', 6) is not [_, _, var of, _, _, var rest])
        {
            return null;
        }

        var end = rest.AsSpan().IndexOfAny(':', '/');
        var (kind, name) = end < 0 ? ("", rest) : (rest[..end], rest[(end + 1)..]);
        return name.Length == 0 ? null : (of, kind) switch
        {
            ("ec2", _) => OfId(of, name),
            ("rds", "db") => ("rds:db", name),
            ("rds", "cluster") => ("rds:cluster", name),
            ("rds", "snapshot") => ("rds:snapshot", name),
            ("elasticache", "cluster" or "replicationgroup") => ("elasticache:node", name),
            ("redshift", "cluster") => ("redshift:cluster", name),
            ("elasticloadbalancing", "loadbalancer") => ("elb:load-balancer", name.Contains('/', StringComparison.Ordinal) ? id : name),
            ("ecs", "service") => ("ecs:service", name),
            ("ecs", "task") when Ids.Tail(name) is { } task => ("ecs:task", task),
            ("eks", "cluster") => ("eks:cluster", name),
            ("dynamodb", "table") => ("dynamodb:table", name),
            ("kafka", "cluster") => ("msk:cluster", id),
            ("memorydb", "cluster") => ("memorydb:node", name),
            ("sagemaker", "endpoint") => ("sagemaker:endpoint", name),
            ("sagemaker", "notebook-instance") => ("sagemaker:notebook", name),
            ("sagemaker", "training-job") => ("sagemaker:training-job", name),
            ("es", "domain") => ("opensearch:domain", name),
            ("elasticmapreduce", "cluster") => ("emr:cluster", name),
            ("elasticfilesystem", "file-system") => ("efs:file-system", name),
            ("fsx", "file-system") => ("fsx:file-system", name),
            ("kms", "key") => ("kms:key", name),
            ("kinesis", "stream") => ("kinesis:stream", name),
            _ => null,
        };
    }

    private static (string Type, string Id)? OfId(string service, string id) => (service, id[..(id.IndexOf('-', StringComparison.Ordinal) + 1)]) switch
    {
        ("ec2", "i-") => ("ec2:instance", id),
        ("ec2", "vol-") => ("ec2:volume", id),
        ("ec2", "snap-") => ("ec2:snapshot", id),
        ("ec2", "ami-") => ("ec2:image", id),
        ("ec2", "h-") => ("ec2:host", id),
        ("ec2", "cr-") => ("ec2:capacity-reservation", id),
        ("ec2", "nat-") => ("vpc:nat-gateway", id),
        ("ec2", "eipalloc-") => ("vpc:public-ipv4", id),
        ("ec2", "vpce-") => ("vpc:interface-endpoint", id),
        ("ec2", "tgw-") => ("vpc:transit-gateway-attachment", id),
        ("ec2", "vpn-") => ("vpc:vpn-connection", id),
        ("elasticmapreduce", "j-") => ("emr:cluster", id),
        ("elasticfilesystem", "fs-") => ("efs:file-system", id),
        ("kms", _) => ("kms:key", id),
        _ => null,
    };
}

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// A resource as the calls that tag it name it, by ARN or by id, and as the ledger knows it. Source: the services' tables of resource types in
/// the Service Authorization Reference.
/// </summary>
internal static class TaggedResource
{
    /// <summary>The resource; null where it is none that costs, or where its ARN does not tell the name it was made under.</summary>
    /// <param name="service">eventSource of the call; an ARN names its own.</param>
    /// <param name="id">ARN, id or name.</param>
    public static (string Type, string Id)? Of(string service, string id)
    {
        // arn:aws:rds:eu-west-1:111122223333:db:orders, arn:aws:ecs:…:service/prod/api, arn:aws:grafana:…:/workspaces/g-1
        if (!id.StartsWith("arn:", StringComparison.Ordinal))
            return OfId(service, id);
        if (id.Split(':', 6) is not [_, _, var of, _, _, var told])
            return null;
        var rest = told.TrimStart('/');
        var end = rest.AsSpan().IndexOfAny(':', '/');
        var (kind, name) = end < 0 ? ("", rest) : (rest[..end], rest[(end + 1)..]);
        return name.Length == 0 ? null : (of, kind) switch
        {
            ("ec2", _) => OfId(of, name),
            ("rds", "db") => ("rds:db", name),
            ("rds", "cluster") => ("rds:cluster", name),
            ("rds", "snapshot" or "cluster-snapshot") => ("rds:snapshot", name),
            ("elasticache", "cluster" or "replicationgroup") => ("elasticache:node", name),
            ("elasticache", "serverlesscache") => ("elasticache:serverless-cache", name),
            ("redshift", "cluster") => ("redshift:cluster", name),
            ("elasticloadbalancing", "loadbalancer") => ("elb:load-balancer", name.Contains('/', StringComparison.Ordinal) ? id : name),
            ("ecs", "service") => ("ecs:service", name),
            ("ecs", "task") when Ids.Tail(name) is { } task => ("ecs:task", task),
            ("eks", "cluster") => ("eks:cluster", name),
            ("eks", "nodegroup") when name.Split('/') is [var cluster, var group, ..] => ("eks:nodegroup", $"{cluster}/{group}"),
            ("dynamodb", "table") => ("dynamodb:table", name),
            ("cassandra", "keyspace") when name.Split('/') is [var keyspace, "table", var table, ..] => ("cassandra:table", $"{keyspace}/{table}"),
            ("dax", "cache") => ("dax:node", name),
            ("kafka", "cluster") => ("msk:cluster", id),
            ("memorydb", "cluster") => ("memorydb:node", name),
            ("sagemaker", "endpoint") => ("sagemaker:endpoint", name),
            ("sagemaker", "notebook-instance") => ("sagemaker:notebook", name),
            ("sagemaker", "training-job") => ("sagemaker:training-job", name),
            ("es", "domain") => ("opensearch:domain", name),
            ("elasticmapreduce", "cluster") => ("emr:cluster", name),
            ("emr-serverless", "applications") => ("emr-serverless:application", name),
            ("elasticfilesystem", "file-system") => ("efs:file-system", name),
            ("fsx", "file-system") => ("fsx:file-system", name),
            ("kms", "key") => ("kms:key", name),
            ("kinesis", "stream") => ("kinesis:stream", name),
            ("firehose", "deliverystream") => ("firehose:delivery-stream", name),
            ("mq", "broker") when Ids.Tail(name, ':') is { } broker => ("mq:broker", broker),
            ("medialive", "channel") => ("medialive:channel", name),
            ("transfer", "server") => ("transfer:server", name),
            ("airflow", "environment") => ("mwaa:environment", name),
            ("network-firewall", "firewall") => ("network-firewall:endpoint", name),
            ("neptune-graph", "graph") => ("neptune-graph:graph", name),
            ("timestream-influxdb", "db-instance" or "db-cluster") => ("timestream:influxdb", name),
            ("aoss", "collection") => ("aoss:collection", name),
            ("kendra", "index") => ("kendra:index", name),
            ("grafana", "workspaces") => ("grafana:workspace", name),
            ("appstream", "fleet") => ("appstream:fleet", name),
            ("workspaces", "workspace") => ("workspaces:workspace", name),
            ("workspaces", "workspacespool") => ("workspaces:pool", name),
            ("ds", "directory") => ("ds:directory", name),
            ("directconnect", "dxcon" or "dxlag") => ("directconnect:port", name),
            ("docdb-elastic", "cluster") => ("docdb-elastic:cluster", id),
            ("apprunner", "service") => ("apprunner:service", id),
            ("globalaccelerator", "accelerator") => ("globalaccelerator:accelerator", id),
            ("acm-pca", "certificate-authority") => ("acm-pca:authority", id),
            ("secretsmanager", "secret") => ("secretsmanager:secret", id),
            ("dms", "task") => ("dms:replication-task", id),
            ("dms", "replication-config") => ("dms:serverless-replication", id),
            ("storagegateway", "gateway") when !name.Contains('/', StringComparison.Ordinal) => ("storagegateway:gateway", id),
            ("comprehend", "document-classifier-endpoint" or "entity-recognizer-endpoint") => ("comprehend:endpoint", id),
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
        ("workspaces", "ws-") => ("workspaces:workspace", id),
        ("workspaces", "wspool-") => ("workspaces:pool", id),
        ("ds", "d-") => ("ds:directory", id),
        ("cloudhsm", "cluster-") => ("cloudhsm:cluster", id),
        ("elasticloadbalancing", _) => ("elb:load-balancer", id),
        ("kinesis", _) => ("kinesis:stream", id),
        ("firehose", _) => ("firehose:delivery-stream", id),
        ("kms", _) => ("kms:key", id),
        _ => null,
    };
}

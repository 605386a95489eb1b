namespace DdocCost.Domain.Undo;

/// <summary>Resources that one call ends: by their id, without a gentler way.</summary>
internal static class PlainUndo
{
    private const string ForGood = "It and its data, for good.";

    /// <summary>A call that ends one kind of resource.</summary>
    /// <param name="Type">Resource type.</param>
    /// <param name="Service">Of the AWS command line.</param>
    /// <param name="Operation">Of the service.</param>
    /// <param name="Option">That takes the id.</param>
    /// <param name="Title">With <c>{one|many}</c>.</param>
    /// <param name="Loses">What is lost.</param>
    /// <param name="Flag">An option more, or null.</param>
    private sealed record Call(string Type, string Service, string Operation, string Option, string Title, string Loses, string? Flag = null);

    private static readonly Call[] Calls =
    [
        new("ec2:fleet", "ec2", "delete-fleets", "--fleet-ids", "Delete {fleet|fleets} with their instances", "All instances of the fleet with their disks.", "--terminate-instances"),
        new("ec2:spot-fleet", "ec2", "cancel-spot-fleet-requests", "--spot-fleet-request-ids", "Cancel {spot fleet|spot fleets} with their instances", "All instances of the fleet with their disks.", "--terminate-instances"),
        new("ec2:spot-request", "ec2", "cancel-spot-instance-requests", "--spot-instance-request-ids", "Cancel {spot request|spot requests}", "Nothing that runs: instances already launched go on until they are terminated."),
        new("ec2:host", "ec2", "release-hosts", "--host-ids", "Release {dedicated host|dedicated hosts}", "The host; instances on it must be stopped first."),
        new("ec2:capacity-reservation", "ec2", "cancel-capacity-reservation", "--capacity-reservation-id", "Cancel {capacity reservation|capacity reservations}", "The guarantee that such instances can be started; running ones go on."),
        new("vpc:vpn-connection", "ec2", "delete-vpn-connection", "--vpn-connection-id", "Delete {VPN connection|VPN connections}", "The tunnel; a new one has other addresses and keys."),
        new("vpc:transit-gateway-attachment", "ec2", "delete-transit-gateway-vpc-attachment", "--transit-gateway-attachment-id", "Delete {transit gateway attachment|transit gateway attachments}", "Traffic between the network and the gateway."),
        new("vpc:traffic-mirror-session", "ec2", "delete-traffic-mirror-session", "--traffic-mirror-session-id", "Delete {traffic mirror session|traffic mirror sessions}", "The copy of the traffic; the traffic itself goes on."),
        new("rds:proxy", "rds", "delete-db-proxy", "--db-proxy-name", "Delete {database proxy|database proxies}", "Connections over it; the databases stay."),
        new("redshift:serverless-workgroup", "redshift-serverless", "delete-workgroup", "--workgroup-name", "Delete {workgroup|workgroups}", "Connections over it; the namespace keeps the data."),
        new("sagemaker:cluster", "sagemaker", "delete-cluster", "--cluster-name", "Delete {training cluster|training clusters}", "Jobs on it and what lies on its nodes."),
        new("emr:cluster", "emr", "terminate-clusters", "--cluster-ids", "Terminate {EMR cluster|EMR clusters}", "Running steps and what lies in HDFS; what is in S3 stays."),
        new("msk:cluster", "kafka", "delete-cluster", "--cluster-arn", "Delete {Kafka cluster|Kafka clusters}", ForGood),
        new("mq:broker", "mq", "delete-broker", "--broker-id", "Delete {message broker|message brokers}", ForGood),
        new("dax:node", "dax", "delete-cluster", "--cluster-name", "Delete {DAX cluster|DAX clusters}", "The cache; the tables behind it stay."),
        new("memorydb:node", "memorydb", "delete-cluster", "--cluster-name", "Delete {MemoryDB cluster|MemoryDB clusters}", ForGood),
        new("kinesis:stream", "kinesis", "delete-stream", "--stream-name", "Delete {stream|streams}", "Records in it that nobody has read yet."),
        new("efs:file-system", "efs", "delete-file-system", "--file-system-id", "Delete {EFS file system|EFS file systems}", "All files, for good. Delete its mount targets first."),
        new("fsx:file-system", "fsx", "delete-file-system", "--file-system-id", "Delete {FSx file system|FSx file systems}", "All files, for good; some kinds keep a last backup."),
        new("glue:session", "glue", "stop-session", "--id", "Stop {Glue session|Glue sessions}", "What is in memory."),
        new("glue:dev-endpoint", "glue", "delete-dev-endpoint", "--endpoint-name", "Delete {Glue endpoint|Glue endpoints}", "What is in memory."),
        new("mwaa:environment", "mwaa", "delete-environment", "--name", "Delete {Airflow environment|Airflow environments}", "Its run history; the graphs in S3 stay."),
        new("kendra:index", "kendra", "delete-index", "--id", "Delete {search index|search indexes}", "The index; the sources stay."),
        new("ds:directory", "ds", "delete-directory", "--directory-id", "Delete {directory|directories}", "All users and groups in it, for good."),
        new("transfer:server", "transfer", "delete-server", "--server-id", "Delete {transfer server|transfer servers}", "Its address and users; files stay. Stopping it would not end the cost."),
        new("bedrock:provisioned-throughput", "bedrock", "delete-provisioned-model-throughput", "--provisioned-model-id", "Delete {provisioned throughput|provisioned throughputs}", "The capacity. Refused by AWS while a commitment runs."),
        new("route53:resolver-endpoint", "route53resolver", "delete-resolver-endpoint", "--resolver-endpoint-id", "Delete {resolver endpoint|resolver endpoints}", "Name resolution over it."),
    ];

    /// <summary>By resource type.</summary>
    public static IEnumerable<KeyValuePair<string, Func<UndoTarget, IEnumerable<UndoCommand>>>> Recipes =>
        Calls.Select(call => KeyValuePair.Create(call.Type, (Func<UndoTarget, IEnumerable<UndoCommand>>)(target => [Command(call, target)])));

    private static UndoCommand Command(Call call, UndoTarget target) => target.Each(call.Title, call.Loses, id =>
    {
        var line = new AwsCall(call.Service, call.Operation, target.Region).With(call.Option, id);
        return call.Flag is { } flag ? line.With(flag) : line;
    });
}

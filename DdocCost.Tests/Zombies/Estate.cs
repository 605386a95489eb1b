using System.Globalization;
using DdocCost.Tests.Support.AwsEmulator;

namespace DdocCost.Tests.Zombies;

/// <summary>Things planted in an emulated account: zombies, and look-alikes that are none.</summary>
internal static class Estate
{
    public const string Region = "eu-west-1";

    private static string Ago(int days) => DateTimeOffset.UtcNow.AddDays(-days).ToString("yyyy-MM-dd'T'HH:mm:ss.000'Z'", CultureInfo.InvariantCulture);

    private static double Epoch(int days) => DateTimeOffset.UtcNow.AddDays(-days).ToUnixTimeSeconds();

    public static EmulatedAccount Volume(this EmulatedAccount account, string id, int days = 100, string? instance = null, string tags = "") => account.Has(Region, "ec2:DescribeVolumes", "volumeSet",
        $"<volumeId>{id}</volumeId><size>100</size><volumeType>gp3</volumeType><iops>3000</iops><throughput>125</throughput><status>{(instance is null ? "available" : "in-use")}</status><createTime>{Ago(days)}</createTime>"
        + $"<attachmentSet>{(instance is null ? "" : $"<item><volumeId>{id}</volumeId><instanceId>{instance}</instanceId><status>attached</status></item>")}</attachmentSet><tagSet>{tags}</tagSet>");

    public static string Tag(string key, string value) => $"<item><key>{key}</key><value>{value}</value></item>";

    public static EmulatedAccount Instance(this EmulatedAccount account, string id, string state = "running", int days = 100, string tags = "", string reason = "", string root = "", string type = "m5.large") => account.Has(Region, "ec2:DescribeInstances", "reservationSet",
        $"<reservationId>r-{id}</reservationId><ownerId>{account.Id}</ownerId><instancesSet><item><instanceId>{id}</instanceId><imageId>ami-1</imageId><instanceState><code>16</code><name>{state}</name></instanceState><reason>{reason}</reason>"
        + $"<instanceType>{type}</instanceType><launchTime>{Ago(days)}</launchTime><placement><availabilityZone>eu-west-1a</availabilityZone><tenancy>default</tenancy></placement><rootDeviceName>/dev/xvda</rootDeviceName>"
        + $"<blockDeviceMapping>{(root.Length == 0 ? "" : $"<item><deviceName>/dev/xvda</deviceName><ebs><volumeId>{root}</volumeId></ebs></item>")}</blockDeviceMapping><tagSet>{tags}</tagSet></item></instancesSet>");

    public static EmulatedAccount Busy(this EmulatedAccount account, string instance, Func<int, double?> cpu, double bytes = 100_000) => account
        .Measures(Region, "AWS/EC2/CPUUtilization", $"InstanceId={instance}", cpu)
        .Measures(Region, "AWS/EC2/NetworkIn", $"InstanceId={instance}", _ => bytes)
        .Measures(Region, "AWS/EC2/NetworkOut", $"InstanceId={instance}", _ => bytes);

    public static EmulatedAccount Address(this EmulatedAccount account, string id, string? instance = null) => account.Has(Region, "ec2:DescribeAddresses", "addressesSet",
        $"<publicIp>198.51.100.7</publicIp><allocationId>{id}</allocationId><domain>vpc</domain><publicIpv4Pool>amazon</publicIpv4Pool>" + (instance is null ? "" : $"<instanceId>{instance}</instanceId><associationId>eipassoc-{id}</associationId>"));

    public static EmulatedAccount NatGateway(this EmulatedAccount account, string id, double packets) => account
        .Has(Region, "ec2:DescribeNatGateways", "natGatewaySet", $"<natGatewayId>{id}</natGatewayId><vpcId>vpc-1</vpcId><subnetId>subnet-1</subnetId><state>available</state><createTime>{Ago(200)}</createTime>")
        .Has(Region, "ec2:DescribeRouteTables", "routeTableSet", $"<routeTableId>rtb-{id}</routeTableId><routeSet><item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>{id}</natGatewayId></item></routeSet>")
        .Measures(Region, "AWS/NATGateway/ActiveConnectionCount", $"NatGatewayId={id}", _ => packets > 0 ? 3 : 0)
        .Measures(Region, "AWS/NATGateway/PacketsInFromSource", $"NatGatewayId={id}", _ => packets)
        .Measures(Region, "AWS/NATGateway/BytesOutToDestination", $"NatGatewayId={id}", _ => packets * 500);

    public static EmulatedAccount Database(this EmulatedAccount account, string id, double connections, string? replicaOf = null, Func<int, double?>? course = null) => account
        .Has(Region, "rds:DescribeDBInstances", "DBInstances/DBInstance",
            $"<DBInstanceIdentifier>{id}</DBInstanceIdentifier><DBInstanceClass>db.m5.large</DBInstanceClass><Engine>postgres</Engine><DBInstanceStatus>available</DBInstanceStatus><AllocatedStorage>100</AllocatedStorage><StorageType>gp3</StorageType>"
            + $"<MultiAZ>false</MultiAZ><InstanceCreateTime>{Ago(300)}</InstanceCreateTime><DbiResourceId>db-{id}</DbiResourceId>" + (replicaOf is null ? "" : $"<ReadReplicaSourceDBInstanceIdentifier>{replicaOf}</ReadReplicaSourceDBInstanceIdentifier>"))
        .Measures(Region, "AWS/RDS/DatabaseConnections", $"DBInstanceIdentifier={id}", course ?? (_ => connections));

    public static EmulatedAccount Balancer(this EmulatedAccount account, string name, double? requests)
    {
        var arn = $"arn:aws:elasticloadbalancing:{Region}:{account.Id}:loadbalancer/app/{name}/50dc6c495c0c9188";
        account
            .Has(Region, "elbv2:DescribeLoadBalancers", "LoadBalancers", $"<LoadBalancerArn>{arn}</LoadBalancerArn><LoadBalancerName>{name}</LoadBalancerName><Type>application</Type><Scheme>internal</Scheme><State><Code>active</Code></State><CreatedTime>{Ago(300)}</CreatedTime>")
            .Answers(Region, "elbv2:DescribeListeners", call => $"<Listeners><member><ListenerArn>{call.Request.Form["LoadBalancerArn"]}/listener</ListenerArn><DefaultActions><member><Type>forward</Type></member></DefaultActions></member></Listeners>")
            .Has(Region, "elbv2:DescribeTargetGroups", "TargetGroups", $"<TargetGroupArn>{arn}/targets</TargetGroupArn><TargetGroupName>{name}</TargetGroupName><TargetType>instance</TargetType><HealthCheckEnabled>true</HealthCheckEnabled><LoadBalancerArns><member>{arn}</member></LoadBalancerArns>")
            .Answers(Region, "elbv2:DescribeTargetHealth", _ => "<TargetHealthDescriptions><member><Target><Id>i-web</Id></Target><TargetHealth><State>healthy</State></TargetHealth></member></TargetHealthDescriptions>");
        if (requests is { } count)
            account.Measures(Region, "AWS/ApplicationELB/RequestCount", $"LoadBalancer=app/{name}/50dc6c495c0c9188", _ => count);
        return account;
    }

    public static EmulatedAccount Secret(this EmulatedAccount account, string name, int readDaysAgo) => account.Has(Region, "secretsmanager:ListSecrets", "SecretList",
        new { ARN = $"arn:aws:secretsmanager:{Region}:{account.Id}:secret:{name}", Name = name, CreatedDate = Epoch(400), LastAccessedDate = Epoch(readDaysAgo) });

    public static EmulatedAccount Table(this EmulatedAccount account, string name, double reads) => account
        .Has(Region, "dynamodb:ListTables", "TableNames", (object)name)
        .Answers(Region, "dynamodb:DescribeTable", call => System.Text.Json.JsonSerializer.Serialize(new
        {
            Table = new { TableName = call.Json.GetProperty("TableName").GetString(), TableStatus = "ACTIVE", CreationDateTime = Epoch(200), TableSizeBytes = 5000, ItemCount = 3, ProvisionedThroughput = new { ReadCapacityUnits = 100, WriteCapacityUnits = 100 } },
        }))
        .Measures(Region, "AWS/DynamoDB/ConsumedReadCapacityUnits", $"TableName={name}", _ => reads > 0 ? reads : null)
        .Measures(Region, "AWS/DynamoDB/ConsumedWriteCapacityUnits", $"TableName={name}", _ => null);

    public static EmulatedAccount Function(this EmulatedAccount account, string name, double? calls) => account
        .Has(Region, "lambda:/2015-03-31/functions/", "Functions", new { FunctionName = name })
        .Has(Region, "lambda:/2015-03-31/functions", "Functions", new { FunctionName = name, FunctionArn = $"arn:aws:lambda:{Region}:{account.Id}:function:{name}", MemorySize = 512, Runtime = "python3.13", LastModified = "2024-01-05T10:00:00.000+0000", Environment = new { Variables = new { PASSWORD = "hunter2" } } })
        .Measures(Region, "AWS/Lambda/Invocations", $"FunctionName={name}", _ => calls);

    public static EmulatedAccount Zone(this EmulatedAccount account, string id, int records) => account.Has("us-east-1", "route53:/2013-04-01/hostedzone", "HostedZones/HostedZone",
        $"<Id>/hostedzone/{id}</Id><Name>{id.ToLowerInvariant()}.example.</Name><CallerReference>x</CallerReference><Config><PrivateZone>false</PrivateZone></Config><ResourceRecordSetCount>{records}</ResourceRecordSetCount>");

    /// <summary>Zombies and, beside each, something that only looks like one. In a second account the ids are the same: they belong to the account.</summary>
    public static EmulatedAccount Plant(this EmulatedAccount account) => account
        .Volume("vol-zombie").Volume("vol-used", instance: "i-busy").Volume("vol-kept", tags: Tag("keep", "true")).Volume("vol-of-stopped", instance: "i-stopped")
        .Instance("i-idle").Busy("i-idle", _ => 1)
        .Instance("i-busy", root: "vol-used").Busy("i-busy", _ => 60)
        .Instance("i-bursty").Busy("i-bursty", day => day % 7 == 0 ? 80 : 1)
        .Instance("i-gaps").Busy("i-gaps", day => day % 2 == 0 ? 1 : null)
        .Instance("i-of-group", tags: Tag("aws:autoscaling:groupName", "web")).Busy("i-of-group", _ => 1)
        .Instance("i-stopped", "stopped", reason: $"User initiated ({DateTimeOffset.UtcNow.AddDays(-60):yyyy-MM-dd HH:mm:ss} GMT)")
        .Address("eipalloc-zombie").Address("eipalloc-used", "i-busy").Address("eipalloc-of-stopped", "i-stopped")
        .NatGateway("nat-idle", 0).NatGateway("nat-busy", 5_000)
        .Database("db-idle", 0).Database("db-used", 4).Database("db-replica", 0, replicaOf: "db-used").Database("db-weekly", 0, course: day => day % 7 == 0 ? 2 : 0)
        .Balancer("quiet", null).Balancer("loud", 10_000)
        .Secret("forgotten", 200).Secret("read", 3)
        .Table("idle", 0).Table("used", 50)
        .Function("never", null).Function("often", 20)
        .Zone("ZEMPTY", 2).Zone("ZUSED", 20);

    /// <summary>What must be found of it, and nothing else.</summary>
    public static IReadOnlyList<string> Planted(string account) =>
    [
        "DDB-01 idle", "EBS-01 vol-zombie", "EBS-02 vol-of-stopped", "EC2-01 i-idle", "EC2-03 i-stopped", "LAM-01 never", "NET-01 eipalloc-zombie", "NET-02 eipalloc-of-stopped",
        $"NET-13 arn:aws:elasticloadbalancing:eu-west-1:{account}:loadbalancer/app/quiet/50dc6c495c0c9188", "NET-03 nat-idle", "NET-25 ZEMPTY", "RDS-01 db-idle",
        $"SEC-01 arn:aws:secretsmanager:eu-west-1:{account}:secret:forgotten",
    ];
}

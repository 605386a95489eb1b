namespace DdocCost.Domain.Pricing.Resources;

/// <summary>
/// What costs nothing itself and owns or starts what does; priced at 0 so that nothing is counted twice.
/// </summary>
internal static class OwnerOnly
{
    /// <summary>Type and what is billed in its place.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Bill, Bill>> Types = new Dictionary<string, Func<Bill, Bill>>
    {
        ["aoss:limits"] = BilledAs("a limit; collections are billed by what they use"),
        ["apigateway:vpc-link"] = BilledAs("billed as the load balancer behind it, or free"),
        ["autoscaling:group"] = BilledAs("billed as the EC2 instances it launches"),
        ["autoscaling:policy"] = BilledAs("what it starts is billed when it starts"),
        ["autoscaling:warm-pool"] = BilledAs("billed as the EC2 instances it launches"),
        ["backup:plan"] = BilledAs("billed as the backups it makes"),
        ["backup:vault"] = BilledAs("billed as what is kept in it"),
        ["batch:compute-environment"] = BilledAs("billed as the instances and tasks it launches"),
        ["batch:job"] = BilledAs("billed as the instance or task it runs on"),
        ["batch:job-queue"] = BilledAs("billed as the instances and tasks its jobs run on"),
        ["cloud9:environment"] = BilledAs("billed as the EC2 instance behind it"),
        ["cloudformation:stack"] = BilledAs("billed as the resources it makes"),
        ["cloudformation:stack-instances"] = BilledAs("billed as the resources they make"),
        ["cloudhsm:cluster"] = BilledAs("billed as the modules in it"),
        ["datasync:task"] = BilledAs("billed as its executions"),
        ["dlm:policy"] = BilledAs("billed as the snapshots it makes"),
        ["dms:replication-task"] = BilledAs("billed as the replication instance it runs on"),
        ["drs:recovery"] = BilledAs("billed as the EC2 instances it launches"),
        ["ec2:capacity-reservation-fleet"] = BilledAs("billed as the capacity reservations it makes"),
        ["ec2:fleet"] = BilledAs("billed as the EC2 instances it launches"),
        ["ec2:image"] = BilledAs("billed as its snapshots"),
        ["ec2:spot-fleet"] = BilledAs("billed as the EC2 instances it launches"),
        ["ec2:spot-request"] = BilledAs("billed as the EC2 instances it launches"),
        ["ecs:capacity-provider"] = BilledAs("billed as the instances it launches"),
        ["ecs:cluster"] = BilledAs("billed as the tasks and instances in it"),
        ["eks:nodegroup"] = BilledAs("billed as the EC2 instances it launches"),
        ["elasticache:global-group"] = BilledAs("billed as the nodes of its groups"),
        ["elasticbeanstalk:environment"] = BilledAs("billed as the resources it makes"),
        ["events:rule"] = BilledAs("free; what it starts is billed"),
        ["fsx:storage-virtual-machine"] = BilledAs("billed as its file system"),
        ["fsx:volume"] = BilledAs("billed as its file system"),
        ["gamelift:game-server-group"] = BilledAs("billed as the EC2 instances it launches"),
        ["imagebuilder:image"] = BilledAs("billed as the EC2 instances and snapshots it makes"),
        ["kms:custom-key-store"] = BilledAs("billed as the CloudHSM modules behind it"),
        ["lightsail:static-ip"] = BilledAs("free while it is attached"),
        ["medialive:input"] = BilledAs("billed as the channel it feeds"),
        ["mgn:launch"] = BilledAs("billed as the EC2 instances it launches"),
        ["opsworks-cm:server"] = BilledAs("billed as the EC2 instance behind it; the charge by node is not told"),
        ["pcs:compute-node-group"] = BilledAs("billed as the EC2 instances it launches"),
        ["rds:blue-green-deployment"] = BilledAs("billed as the databases it makes"),
        ["sagemaker:inference-component"] = BilledAs("billed as its endpoint"),
        ["servicecatalog:provisioned-product"] = BilledAs("billed as the resources it makes"),
        ["servicediscovery:namespace"] = BilledAs("billed as the hosted zone it makes"),
        ["shield:protection"] = BilledAs("part of the subscription"),
        ["vpc-lattice:association"] = BilledAs("billed as its services"),
        ["vpc:client-vpn-endpoint"] = BilledAs("billed as its associations and connections"),
        ["vpc:endpoint-service"] = BilledAs("billed as the load balancers behind it"),
        ["vpc:transit-gateway"] = BilledAs("billed as its attachments"),
        ["waf:rule-group"] = BilledAs("billed as the rules in it"),
        ["workmail:organization"] = BilledAs("billed as its mailboxes"),
    };

    /// <summary>Databases of an Aurora cluster.</summary>
    public static Bill OfDatabases(Bill bill) => bill.Remark("billed as the instances in it, and by use");

    private static Func<Bill, Bill> BilledAs(string what) => bill => bill.Remark(what);
}

namespace DdocCost.Domain.Zombies;

/// <summary>Who would bring a resource back, read from its tags.</summary>
public static class Owners
{
    private static readonly (string Tag, string Owner)[] known =
    [
        ("aws:autoscaling:groupName", "autoscaling"),
        ("eks:cluster-name", "eks"),
        ("aws:eks:cluster-name", "eks"),
        ("aws:elasticmapreduce:job-flow-id", "emr"),
        ("aws:batch:compute-environment", "batch"),
        ("elasticbeanstalk:environment-name", "elasticbeanstalk"),
        ("aws:ecs:clusterName", "ecs"),
        ("aws:ec2:fleet-id", "fleet"),
        ("aws:ec2spot:fleet-request-id", "spot-fleet"),
        ("aws:backup:source-resource", "backup"),
        ("karpenter.sh/nodepool", "karpenter"),
        ("karpenter.sh/provisioner-name", "karpenter"),
        ("ebs.csi.aws.com/cluster", "kubernetes"),
        ("kubernetes.io/created-for/pv/name", "kubernetes"),
        ("kubernetes.io/service-name", "kubernetes"),
        ("elbv2.k8s.aws/cluster", "kubernetes"),
        ("ingress.k8s.aws/cluster", "kubernetes"),
        ("aws:cloudformation:stack-name", "cloudformation"),
        ("aws:servicecatalog:provisionedProductArn", "servicecatalog"),
        ("terraform", "terraform"),
        ("terraform-workspace", "terraform"),
        ("tf_module", "terraform"),
    ];

    /// <summary>Owners that start and end machines by themselves.</summary>
    public static IReadOnlyList<string> OfMachines { get; } =
        ["autoscaling:", "eks:", "kubernetes:", "karpenter:", "emr:", "batch:", "ecs:", "elasticbeanstalk:", "fleet:", "spot-fleet:"];

    /// <summary>The nearest owner, such as <c>autoscaling:web</c>; null where no tag tells of one.</summary>
    public static string? Of(IReadOnlyDictionary<string, string> tags)
    {
        foreach (var (tag, owner) in known)
        {
            if (tags.TryGetValue(tag, out var value))
                return $"{owner}:{(owner == "terraform" && value is "true" or "True" or "" or "1" ? "state" : value)}";
        }

        if (tags.Keys.FirstOrDefault(key => key.StartsWith("kubernetes.io/cluster/", StringComparison.Ordinal)) is { } cluster)
            return $"kubernetes:{cluster["kubernetes.io/cluster/".Length..]}";
        foreach (var key in new[] { "ManagedBy", "managed-by", "managed_by", "Managed-By" })
        {
            if (tags.TryGetValue(key, out var by) && by.Contains("terraform", StringComparison.OrdinalIgnoreCase))
                return "terraform:state";
        }

        return null;
    }

    /// <summary>What to do at the owner first, or null where nothing owns it.</summary>
    public static string? Advice(string? owner) => owner?.Split(':', 2) switch
    {
        ["autoscaling", var name] => $"It belongs to the Auto Scaling group {name}, which would start another one: lower the group's capacity instead.",
        ["eks" or "kubernetes" or "karpenter", var name] => $"It belongs to Kubernetes ({name}): delete the node, claim, service or ingress there; what is deleted here is made again.",
        ["emr", var name] => $"It belongs to the EMR cluster {name}: end the cluster.",
        ["batch" or "ecs" or "elasticbeanstalk" or "fleet" or "spot-fleet" or "servicecatalog", var name] => $"It belongs to {owner} ({name}), which would make it again: change it there.",
        ["cloudformation", var name] => $"It belongs to the CloudFormation stack {name}: take it out of the template; deleting it by hand makes the next update fail.",
        ["terraform", _] => "Terraform manages it: take it out of the configuration; deleting it by hand makes the next plan bring it back.",
        ["backup", _] => "AWS Backup made it: delete it through its vault or shorten the plan's retention.",
        _ => null,
    };
}

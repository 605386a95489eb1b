namespace DdocCost.Domain.Undo;

/// <summary>Load balancers: ARNs are the newer kinds, names the classic one.</summary>
internal static class LoadBalancerUndo
{
    /// <summary>Load balancers.</summary>
    public static IEnumerable<UndoCommand> LoadBalancers(UndoTarget target) =>
    [
        target.Each(
            "Delete {load balancer|load balancers}", "Their DNS names; what answers behind them goes on to run and to be billed.",
            id => id.StartsWith("arn:", StringComparison.Ordinal)
                ? new AwsCall("elbv2", "delete-load-balancer", target.Region).With("--load-balancer-arn", id)
                : new AwsCall("elb", "delete-load-balancer", target.Region).With("--load-balancer-name", id)),
    ];
}

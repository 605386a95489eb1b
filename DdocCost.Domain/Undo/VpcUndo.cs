namespace DdocCost.Domain.Undo;

/// <summary>Network parts that cost by the hour.</summary>
internal static class VpcUndo
{
    /// <summary>NAT gateways.</summary>
    public static IEnumerable<UndoCommand> NatGateways(UndoTarget target) =>
    [
        target.Each(
            "Delete {NAT gateway|NAT gateways}", "Private subnets behind them lose the internet. Their Elastic IP addresses stay, and go on to be billed until released.",
            id => new AwsCall("ec2", "delete-nat-gateway", target.Region).With("--nat-gateway-id", id)),
    ];

    /// <summary>Public addresses, by allocation id or, where the record told only that, by address.</summary>
    public static IEnumerable<UndoCommand> Addresses(UndoTarget target) =>
    [
        target.Each(
            "Release {public IPv4 address|public IPv4 addresses}", "The addresses; getting the same ones back is not sure. Disassociate them first.",
            id => new AwsCall("ec2", "release-address", target.Region).With(id.StartsWith("eipalloc-", StringComparison.Ordinal) ? "--allocation-id" : "--public-ip", id)),
    ];

    /// <summary>Interface endpoints; an id may carry the subnet it was added for behind a slash.</summary>
    public static IEnumerable<UndoCommand> Endpoints(UndoTarget target) =>
    [
        target.Together(
            "Delete {interface endpoint|interface endpoints}", "Private access to the service; traffic takes the public way or fails.",
            ids => new AwsCall("ec2", "delete-vpc-endpoints", target.Region).With("--vpc-endpoint-ids", ids.Select(id => id.Split('/')[0]).Distinct())),
    ];
}

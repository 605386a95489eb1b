namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Storage Gateway without reads and writes.</summary>
internal static class IdleStorageGateway
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "SGW-01",
        Title = "Storage Gateway without reads and writes",
        Class = ZombieClass.Idle,
        Kind = Kinds.StorageGateway,
        Criterion = "It is active, and in the last {days} days nothing was read, written or uploaded through it.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("reads", "AWS/StorageGateway", "ReadBytes", Statistic.Sum, "GatewayId={id},GatewayName={name}") { Unit = "bytes", IsSparse = true },
            new("writes", "AWS/StorageGateway", "WriteBytes", Statistic.Sum, "GatewayId={id},GatewayName={name}") { Unit = "bytes", IsSparse = true },
            new("uploads", "AWS/StorageGateway", "CloudBytesUploaded", Statistic.Sum, "GatewayId={id},GatewayName={name}") { Unit = "bytes", IsSparse = true },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "what it stores is not told: unpriced; the EC2 machine it runs on is a cost of its own",
        Saves = gateway => Saving.Unpriced("what it stores is billed by use"),
        Traps = ["Tapes and volumes kept for years are quiet: sureness is medium."],
        Source = "derived: storage behind it is billed, and so is the machine it runs on",
        Remedies =
        [
            new("Delete the gateway", "storagegateway delete-gateway --gateway-arn {arn}", "The gateway; volumes, tapes and files in S3 stay."),
        ],
        Terraform = "aws_storagegateway_gateway",
        Judge = gateway => gateway.State("active") & gateway.Nothing("reads", "writes", "uploads"),
    };
}

namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Transit gateway attachment without traffic.</summary>
internal static class IdleTransitAttachment
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-19",
        Title = "Transit gateway attachment without traffic",
        Class = ZombieClass.Idle,
        Kind = Kinds.TransitAttachment,
        Criterion = "It is available, and not one byte came in or went out in the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("in", "AWS/TransitGateway", "BytesIn", Statistic.Sum, "TransitGateway={gateway},TransitGatewayAttachment={id}") { Unit = "bytes" },
            new("out", "AWS/TransitGateway", "BytesOut", Statistic.Sum, "TransitGateway={gateway},TransitGatewayAttachment={id}") { Unit = "bytes" },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "attachment hours at list price",
        Traps =
        [
            "It is billed to the account that owns what is attached: attachments of other accounts are left out.",
            "Peering and Connect attachments have other metrics: left out.",
        ],
        Source = "derived: an attachment is billed by the hour",
        Remedies =
        [
            new("Delete the attachment", "ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id {id}", "The way between this network and the transit gateway."),
        ],
        Terraform = "aws_ec2_transit_gateway_vpc_attachment",
        Judge = attachment => attachment.State("available") & attachment.Is("type", "vpc") & attachment.FlagOrNot("own") & attachment.Nothing("in", "out"),
    };
}

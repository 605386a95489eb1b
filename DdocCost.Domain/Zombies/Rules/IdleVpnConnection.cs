namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Site-to-Site VPN that is down or carries nothing.</summary>
internal static class IdleVpnConnection
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-18",
        Title = "Site-to-Site VPN that is down or carries nothing",
        Class = ZombieClass.Idle,
        Kind = Kinds.VpnConnection,
        Criterion = "It is available, and in the last {days} days both tunnels were down all the time, or not a byte went through it.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("up", "AWS/VPN", "TunnelState", Statistic.Maximum, "VpnId={id}"),
            new("in", "AWS/VPN", "TunnelDataIn", Statistic.Sum, "VpnId={id}") { Unit = "bytes" },
            new("out", "AWS/VPN", "TunnelDataOut", Statistic.Sum, "VpnId={id}") { Unit = "bytes" },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "connection hours at list price",
        Traps =
        [
            "As the spare of a Direct Connect it is quiet by design: a keep tag says so, and sureness is medium.",
        ],
        Source = "derived: a connection is billed whether its tunnels are up or down",
        Remedies =
        [
            new("Delete the connection", "ec2 delete-vpn-connection --vpn-connection-id {id}", "The tunnels, their keys and their addresses on AWS's side: the other side must be set up anew."),
        ],
        Terraform = "aws_vpn_connection",
        Judge = vpn => vpn.State("available") & (vpn.Peak("up") <= 0 | vpn.Nothing("in", "out")),
    };
}

namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Client VPN endpoint that nobody connects to.</summary>
internal static class IdleClientVpn
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-20",
        Title = "Client VPN endpoint that nobody connects to",
        Class = ZombieClass.Idle,
        Kind = Kinds.ClientVpn,
        Criterion = "Networks are associated with it, and nobody was connected at any time in the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("connections", "AWS/ClientVPN", "ActiveConnectionsCount", Statistic.Maximum, "Endpoint={id}") { Unit = "connections" },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "association hours at list price",
        Saves = endpoint => endpoint.Price("vpc", "client-vpn-endpoint-association", endpoint.Resource.Linked("associations").Count),
        Covers = endpoint => endpoint.Resource.Linked("associations"),
        Traps =
        [
            "Access for emergencies is quiet by design: a keep tag says so.",
            "Without an associated network it costs nothing.",
        ],
        Source = "derived: each association is billed by the hour",
        Remedies =
        [
            new("Disassociate a network", "ec2 disassociate-client-vpn-target-network --client-vpn-endpoint-id {id} --association-id {association}", "Access through that network; repeat for each association.", IsReversible: true),
            new("Delete the endpoint", "ec2 delete-client-vpn-endpoint --client-vpn-endpoint-id {id}", "The endpoint with its address: every client needs a new configuration."),
        ],
        Terraform = "aws_ec2_client_vpn_endpoint",
        Judge = endpoint => endpoint.State("available") & endpoint.Has("associations") & endpoint.Nothing("connections"),
    };
}

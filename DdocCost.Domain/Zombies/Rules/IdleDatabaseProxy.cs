namespace DdocCost.Domain.Zombies.Rules;

/// <summary>RDS proxy without clients.</summary>
internal static class IdleDatabaseProxy
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RDS-16",
        Title = "RDS proxy without clients",
        Class = ZombieClass.Idle,
        Kind = Kinds.DatabaseProxy,
        Criterion = "It is available, and at no time in the last {days} days was a client connected to it.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("clients", "AWS/RDS", "ClientConnections", Statistic.Maximum, "ProxyName={id}") { Unit = "connections", IsSparse = true },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "at least two vCPUs at list price",
        Traps =
        [
            "A function that runs once a day holds a connection for a moment: the daily maximum is looked at.",
        ],
        Source = "derived: a proxy is billed by the vCPU of what is behind it",
        Remedies =
        [
            new("Delete the proxy", "rds delete-db-proxy --db-proxy-name {id}", "Its endpoint: whoever has it configured must use the database's own."),
        ],
        Terraform = "aws_db_proxy",
        Judge = proxy => proxy.State("available") & proxy.Nothing("clients"),
    };
}

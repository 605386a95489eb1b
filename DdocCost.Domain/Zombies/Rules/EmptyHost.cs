namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Dedicated Host without instances.</summary>
internal static class EmptyHost
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EC2-14",
        Title = "Dedicated Host without instances",
        Class = ZombieClass.Idle,
        Kind = Kinds.Host,
        Criterion = "It is allocated and no instance has run on it, as far back as scans saw, for at least {days} days.",
        Window = Threshold.Days(7, 1, 365),
        Sureness = Sureness.High,
        IsDerived = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "host hours at list price",
        Traps =
        [
            "A mac host must be held for 24 hours: the window is longer.",
            "A host reservation makes it cheaper than shown, and it is not given back by releasing the host.",
        ],
        Source = "derived: a host is billed while it is allocated",
        Remedies =
        [
            new("Release the host", "ec2 release-hosts --host-ids {id}", "The host and the licences bound to it; a mac host takes hours to come back."),
        ],
        Terraform = "aws_ec2_host",
        Judge = host => host.State("available") & !host.Has("instances"),
    };
}

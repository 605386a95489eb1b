namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Private certificate authority that issues nothing.</summary>
internal static class IdlePrivateCa
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "PCA-01",
        Title = "Private certificate authority that issues nothing",
        Class = ZombieClass.Idle,
        Kind = Kinds.PrivateCa,
        AlsoReads = [Kinds.IssuedCertificate],
        Criterion = "It is active, is no root, and issued no certificate in the last {days} days.",
        Window = Threshold.Days(90, 30, 90),
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "its price by the month",
        Traps =
        [
            "A root authority is idle by design: left out.",
            "AWS keeps the record of calls for 90 days: the window is no longer.",
            "It must stay while certificates it issued are checked against its list: disable it first.",
        ],
        Source = "derived: an authority is billed by the month while it is not deleted",
        Remedies =
        [
            new("Disable the authority", "acm-pca update-certificate-authority --certificate-authority-arn {arn} --status DISABLED", "New certificates; those issued stay valid. It is billed until it is deleted.", IsReversible: true),
            new("Delete the authority", "acm-pca delete-certificate-authority --certificate-authority-arn {arn} --permanent-deletion-time-in-days 30", "The authority after 30 days; until then it can be restored."),
        ],
        Terraform = "aws_acmpca_certificate_authority",
        Judge = authority => authority.State("active") & authority.Is("type", "SUBORDINATE") & !authority.IsLinkedFrom(Kinds.IssuedCertificate, "authorities", authority.Resource.Arn ?? ""),
    };
}

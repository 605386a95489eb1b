namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Empty CodeArtifact domain.</summary>
internal static class EmptyArtifactDomain
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "ART-01",
        Title = "Empty CodeArtifact domain",
        Class = ZombieClass.Orphan,
        Kind = Kinds.ArtifactDomain,
        Criterion = "It holds no repository and nothing is stored, and it is older than {days} days.",
        Window = Threshold.Days(30, 7, 365),
        Sureness = Sureness.High,
        SavingInWords = "nothing by itself; the key it is encrypted with is billed",
        Saves = domain => Saving.None,
        Traps = ["Only what is wholly empty."],
        Source = "Cloud Custodian (30 days)",
        Remedies = [new("Delete the domain", "codeartifact delete-domain --domain {id}", "The domain's name.")],
        Terraform = "aws_codeartifact_domain",
        Judge = domain => domain.State("active") & domain.Number("repositories") <= 0 & domain.Number("bytes") <= 0,
    };
}

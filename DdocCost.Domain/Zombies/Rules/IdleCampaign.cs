namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Personalize campaign that nobody asks.</summary>
internal static class IdleCampaign
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "PER-01",
        Title = "Personalize campaign that nobody asks",
        Class = ZombieClass.Idle,
        Kind = Kinds.Campaign,
        Criterion = "It is active, and nobody asked it for a recommendation in the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("calls", "AWS/Personalize", "GetRecommendations", Statistic.Sum, "CampaignArn={arn}") { Unit = "calls", IsSparse = true },
            new("rankings", "AWS/Personalize", "GetPersonalizedRanking", Statistic.Sum, "CampaignArn={arn}") { Unit = "calls", IsSparse = true },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "no list price is known: unpriced",
        Traps = ["Its least transactions are billed, whoever asks."],
        Source = "derived: least provisioned transactions are billed by the hour",
        Remedies =
        [
            new("Delete the campaign", "personalize delete-campaign --campaign-arn {arn}", "The campaign; the solution stays.", IsReversible: true),
        ],
        Terraform = "aws_personalize_campaign",
        Judge = campaign => campaign.State("ACTIVE") & campaign.Nothing("calls", "rankings"),
    };
}

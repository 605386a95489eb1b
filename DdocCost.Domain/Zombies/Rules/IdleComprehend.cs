namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Comprehend endpoint that nobody calls.</summary>
internal static class IdleComprehend
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "CMP-01",
        Title = "Comprehend endpoint that nobody calls",
        Class = ZombieClass.Idle,
        Kind = Kinds.ComprehendEndpoint,
        Criterion = "It is in service, and no inference unit was consumed in the last {days} days.",
        Window = Threshold.Days(15, 7, 63),
        Metrics =
        [
            new("units", "AWS/Comprehend", "ConsumedInferenceUnits", Statistic.Sum, "EndpointArn={arn}") { Unit = "units", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "no list price is known: unpriced",
        Traps = ["Scaled to one unit it is billed all the same."],
        Source = "AWS Trusted Advisor Cm24dfsM12 (15 days)",
        Remedies =
        [
            new("Delete the endpoint", "comprehend delete-endpoint --endpoint-arn {arn}", "The endpoint; the model stays.", IsReversible: true),
        ],
        Terraform = "aws_comprehend_document_classifier",
        Judge = endpoint => endpoint.State("IN_SERVICE") & endpoint.Nothing("units"),
    };
}

namespace DdocCost.Domain.Zombies.Rules;

/// <summary>SageMaker endpoint that nobody calls.</summary>
internal static class IdleModelEndpoint
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "SM-01",
        Title = "SageMaker endpoint that nobody calls",
        Class = ZombieClass.Idle,
        Kind = Kinds.ModelEndpoint,
        Criterion = "It is in service on machines of its own, and no variant was called in the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("calls", "AWS/SageMaker", "Invocations", Statistic.Sum, "EndpointName={id},VariantName={variants*}") { Unit = "calls", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "instance hours of all variants at list price",
        Saves = endpoint => endpoint.Resource.Text("parts") is { } parts ? endpoint.Parts(parts, "sagemaker:endpoint") : endpoint.ListPrice(),
        Traps =
        [
            "Serverless endpoints cost nothing while idle, asynchronous ones scale to nothing: left out.",
            "Endpoints with inference components count elsewhere: left out.",
            "CloudWatch tells nothing while nobody calls: a missing day is a zero here.",
        ],
        Source = "AWS Compute Optimizer and CleanCloud (14 days)",
        Remedies =
        [
            new("Delete the endpoint", "sagemaker delete-endpoint --endpoint-name {id}", "The endpoint; its configuration and model stay, and bring it back.", IsReversible: true),
        ],
        Terraform = "aws_sagemaker_endpoint",
        Judge = endpoint => endpoint.State("InService") & endpoint.Has("variants") & !endpoint.FlagOrNot("serverless") & !endpoint.FlagOrNot("asynchronous") & !endpoint.FlagOrNot("components") & endpoint.Nothing("calls"),
    };
}

namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Lambda function that nobody calls.</summary>
internal static class UninvokedFunction
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "LAM-01",
        Title = "Lambda function that nobody calls",
        Class = ZombieClass.Idle,
        Kind = Kinds.Function,
        AlsoReads = [Kinds.FunctionTrigger],
        Criterion = "Nobody called it in the last {days} days, and nothing is set up to call it from a stream or queue.",
        Window = Threshold.Days(90, 30, 400),
        Metrics =
        [
            new("calls", "AWS/Lambda", "Invocations", Statistic.Sum, "FunctionName={id}") { Unit = "calls", IsSparse = true },
        ],
        Sureness = Sureness.Low,
        SavingInWords = "nothing by itself; what is kept warm or snapped for it is billed",
        Saves = function => Saving.None,
        Traps =
        [
            "CloudWatch tells nothing while nobody calls: a missing day is a zero here.",
            "Functions for disaster are never called: sureness is low.",
            "Functions at the edge count elsewhere: left out.",
        ],
        Source = "Flexera and CFM tips (30 days); Finala (7 days)",
        Remedies =
        [
            Remedy.Keep("Keep its code: prints where it can be fetched", "lambda get-function --function-name {id}"),
            new("Delete the function", "lambda delete-function --function-name {id}", "The function with all its versions."),
        ],
        Terraform = "aws_lambda_function",
        Judge = function => !function.FlagOrNot("edge") & !function.IsLinkedFrom(Kinds.FunctionTrigger, "functions") & function.Nothing("calls"),
    };
}

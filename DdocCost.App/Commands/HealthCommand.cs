using System.CommandLine;
using DdocCost.Jobs.Observability;

namespace DdocCost.App.Commands;

/// <summary><c>health</c>: asks the server that runs in this container.</summary>
internal static class HealthCommand
{
    /// <summary>The command as it stands under the root.</summary>
    public static Command Create()
    {
        var question = new Argument<string>("question") { Description = "live, ready, or deep: all that can be checked, with remedies.", DefaultValueFactory = _ => "ready" };
        question.AcceptOnlyFromAmong("live", "ready", "deep");
        var command = new Command("health", "Asks the running server at Observe__Url how it is: exit code 0 or 1. For health checks of containers.") { question };
        command.SetAction((result, cancellationToken) => HealthProbe.RunAsync(result.GetRequiredValue(question), cancellationToken));
        return command;
    }
}

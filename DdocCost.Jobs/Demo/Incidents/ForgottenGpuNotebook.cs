using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>A notebook on eight GPUs, opened for an hour and never stopped.</summary>
public sealed record ForgottenGpuNotebook() : Incident("forgotten-gpu-notebook", "ml-team", Course.OneCall)
{
    private const decimal UsdPerHour = 28.152m; // ml.p3.16xlarge, us-east-1

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        var name = "experiment-" + log.Dice.Hex(4);
        log.CreateNotebookInstance(at, who, name, "ml.p3.16xlarge");
        return new Damage(who, UsdPerHour, (end, repair) => repair.StopNotebookInstance(end, who, name));
    }
}

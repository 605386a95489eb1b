using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Step Functions, billed by transition or by run. Source: AWS Step Functions API reference; a CloudTrail record of CreateStateMachine.
/// </summary>
internal static class StepFunctions
{
    private const string Machine = "states:state-machine";

    public static readonly Service Service = new("states",
        Starts("CreateStateMachine", Machine, "stateMachineArn"),
        Stops("DeleteStateMachine", Machine, "stateMachineArn"));
}

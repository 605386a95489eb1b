using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A module meant for one network is applied for every machine on the floor: endpoints in three zones each, slowly, over a day.</summary>
internal sealed record EndpointsOfPlants() : Incident("endpoints-of-plants", "small-works", Course.Drift)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, ids) = (Caller.Automation(log.Account, "terraform-apply", "run-" + log.Dice.Code(12), Caller.Terraform), new List<string>());
        for (var made = 0; made < 60; made++)
        {
            ids.Add(log.CreateVpcEndpoint(at.AddMinutes(made * 15), who, log.Dice.Pick("sqs", "kms", "ssm", "logs"), 3));
        }

        return new Damage(who, 60 * 3 * 0.011m, (end, repair) => repair.DeleteVpcEndpoints(end, who, ids));
    }
}

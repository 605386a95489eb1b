using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// DevOps Guru, billed by the resources it analyses. Source: Amazon DevOps Guru API reference; a CloudTrail record of the call.
/// </summary>
internal static class DevOpsGuru
{
    private const string Coverage = "devops-guru:coverage";

    public static readonly Service Service = new("devops-guru",
        Changes("UpdateResourceCollection", Coverage, (record, changes) => changes.Add(
            id: "resources", action: record.Request["action"].Text switch { "ADD" => ResourceAction.Start, "REMOVE" => ResourceAction.Stop, _ => null })));
}

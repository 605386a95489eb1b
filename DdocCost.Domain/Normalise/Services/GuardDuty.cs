using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>GuardDuty, billed by what it analyses. Source: Amazon GuardDuty API reference.</summary>
internal static class GuardDuty
{
    private const string Detector = "guardduty:detector";
    private const string Plan = "guardduty:malware-protection-plan";
    private const string Members = "guardduty:members";

    public static readonly Service Service = new("guardduty",
        Starts("CreateDetector", Detector, "detectorId"),
        Changes("UpdateDetector", Detector, (record, changes) =>
        {
            var asked = record.Request;
            if (!asked.IsObject || asked["features"].IsPresent || asked["dataSources"].IsPresent || asked["enable"].IsPresent)
            {
                changes.Add(
                    id: asked["detectorId"].Text,
                    action: asked["enable"].Flag switch { true => ResourceAction.Start, false => ResourceAction.Stop, null => null });
            }
        }),
        Stops("DeleteDetector", Detector, "detectorId"),
        Starts("CreateMalwareProtectionPlan", Plan, "malwareProtectionPlanId"),
        Stops("DeleteMalwareProtectionPlan", Plan, "malwareProtectionPlanId"),
        Changes("UpdateMemberDetectors", Members, (record, changes) => changes.Add(id: record.Request["detectorId"].Text)),
        Changes("UpdateOrganizationConfiguration", Members, (record, changes) => changes.Add(id: record.Request["detectorId"].Text)));
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Audit Manager, billed by what it collects. Source: AWS Audit Manager API reference.</summary>
internal static class AuditManager
{
    private const string Assessment = "auditmanager:assessment";

    public static readonly Service Service = new("auditmanager",
        Starts("CreateAssessment", Assessment, (record, changes) => changes.Add(id: record.Response["assessment"]["metadata"]["id"].Or(record.Request["name"]).Text)),
        Stops("DeleteAssessment", Assessment, "assessmentId"));
}

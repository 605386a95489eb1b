using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>HealthOmics: stores by what they hold, runs by what they use. Source: AWS HealthOmics API reference.</summary>
internal static class HealthOmics
{
    private const string Store = "omics:store";
    private const string Run = "omics:run";

    public static readonly Service Service = new("omics",
        Starts("CreateReferenceStore", Store, "id"),
        Stops("DeleteReferenceStore", Store, "id"),
        Starts("CreateSequenceStore", Store, "id"),
        Stops("DeleteSequenceStore", Store, "id"),
        Starts("StartRun", Run, "id"),
        Stops("CancelRun", Run, "id"));
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>HealthLake data stores, by the hour. Source: AWS HealthLake API reference.</summary>
internal static class HealthLake
{
    private const string Store = "healthlake:datastore";

    public static readonly Service Service = new("healthlake",
        Starts("CreateFHIRDatastore", Store, "datastoreId"),
        Stops("DeleteFHIRDatastore", Store, "datastoreId"));
}

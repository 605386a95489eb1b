using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Managed Airflow environments. Source: MWAA API reference; a CloudTrail record of each call.</summary>
internal static class Mwaa
{
    private const string Environment = "mwaa:environment";

    public static readonly Service Service = new("airflow",
        Starts("CreateEnvironment", Environment, id: "name", size: "environmentClass"),
        Changes("UpdateEnvironment", Environment, id: "name", size: "environmentClass"),
        Stops("DeleteEnvironment", Environment, "name"));
}

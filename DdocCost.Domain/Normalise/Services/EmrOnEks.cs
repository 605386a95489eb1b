using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>EMR on EKS, billed by the vCPU and memory of its pods. Source: Amazon EMR on EKS API reference.</summary>
internal static class EmrOnEks
{
    private const string Run = "emr-containers:job-run";
    private const string Endpoint = "emr-containers:endpoint";

    public static readonly Service Service = new("emr-containers",
        Starts("StartJobRun", Run, "id"),
        Stops("CancelJobRun", Run, "id"),
        Starts("CreateManagedEndpoint", Endpoint, "id"),
        Stops("DeleteManagedEndpoint", Endpoint, "id"));
}

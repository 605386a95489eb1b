using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Snow devices, ordered by job. Source: AWS Snow Family API reference.</summary>
internal static class Snowball
{
    public static readonly Service Service = new("snowball",
        Buys("CreateJob", "snowball:job", (record, changes) => changes.Add(size: record.Request["snowballType"].Text, id: record.Response["jobId"].Text)),
        Buys("CreateCluster", "snowball:cluster", (record, changes) => changes.Add(size: record.Request["snowballType"].Text, id: record.Response["clusterId"].Text)));
}

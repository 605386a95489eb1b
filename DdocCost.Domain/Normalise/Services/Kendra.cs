using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Kendra indexes. Source: Amazon Kendra API reference; a CloudTrail record of each call.</summary>
internal static class Kendra
{
    private const string Index = "kendra:index";

    public static readonly Service Service = new("kendra",
        Starts("CreateIndex", Index, (record, changes) => changes.Add(
            size: record.Request["edition"].Text?.ToLowerInvariant() ?? "enterprise_edition", id: record.Response["id"].Text)),
        Stops("DeleteIndex", Index, "id"));
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// OpenSearch Serverless collections: they run on compute units (OCU), two at least, which collections of one key share. Source:
/// OpenSearch Serverless API reference.
/// </summary>
internal static class OpenSearchServerless
{
    private const string Collection = "aoss:collection";
    private const string Limits = "aoss:limits";

    public static readonly Service Service = new("aoss",
        Starts("CreateCollection", Collection, (record, changes) => changes.Add(
            size: record.Request["standbyReplicas"].Text == "DISABLED" ? "single" : "redundant",
            id: record.Response["createCollectionDetail"]["id"].Text)),
        Changes("UpdateAccountSettings", Limits, (record, changes) => changes.Add(id: "account")),
        Stops("DeleteCollection", Collection, "id"));
}

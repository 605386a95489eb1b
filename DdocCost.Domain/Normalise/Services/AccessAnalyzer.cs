using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// IAM Access Analyzer: analyzers of unused or internal access are billed by the role, user and resource they watch, the others are
/// free. Source: IAM Access Analyzer API reference.
/// </summary>
internal static class AccessAnalyzer
{
    private const string Analyzer = "access-analyzer:analyzer";

    public static readonly Service Service = new("access-analyzer",
        Starts("CreateAnalyzer", Analyzer, (record, changes) =>
        {
            if (!record.Request.IsObject || IsBilled(record.Request["type"].Text ?? ""))
            {
                changes.Add(id: record.Request["analyzerName"].Text);
            }
        }),
        Stops("DeleteAnalyzer", Analyzer, "analyzerName"));

    // ACCOUNT and ORGANIZATION are free; ACCOUNT_UNUSED_ACCESS, ORGANIZATION_INTERNAL_ACCESS and their like are not.
    private static bool IsBilled(string type) =>
        type.Contains("UNUSED", StringComparison.Ordinal) || type.Contains("INTERNAL", StringComparison.Ordinal);
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Private certificate authorities, billed by the month. Source: ACM PCA API reference; a CloudTrail record of each call.
/// </summary>
internal static class AcmPrivateCa
{
    private const string Authority = "acm-pca:authority";

    public static readonly Service Service = new("acm-pca",
        Starts("CreateCertificateAuthority", Authority, (record, changes) => changes.Add(
            size: record.Request["usageMode"].Text == "SHORT_LIVED_CERTIFICATE" ? "short-lived" : "general-purpose",
            id: record.Response["certificateAuthorityArn"].Text)),
        Stops("DeleteCertificateAuthority", Authority, "certificateAuthorityArn"),
        Starts("RestoreCertificateAuthority", Authority, "certificateAuthorityArn"),
        Buys("IssueCertificate", "acm-pca:certificate", (record, changes) => changes.Add(id: record.Response["certificateArn"].Text)));
}

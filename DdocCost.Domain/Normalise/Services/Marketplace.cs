using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// AWS Marketplace agreements; the record does not tell the price. Source: AWS Marketplace Agreement API reference; a CloudTrail record
/// of the call.
/// </summary>
internal static class Marketplace
{
    public static readonly Service Service = new("agreement-marketplace",
        Buys("AcceptAgreementRequest", "marketplace:agreement", (record, changes) => changes.Add(id: record.Response["agreementId"].Text)));
}

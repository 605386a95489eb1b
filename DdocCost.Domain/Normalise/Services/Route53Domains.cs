using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Domain names, paid by the year; the record does not tell the price. Source: Amazon Route 53 Domains API reference.</summary>
internal static class Route53Domains
{
    private const string Domain = "route53:domain";

    public static readonly Service Service = new("route53domains",
        Buys("RegisterDomain", Domain, Buy),
        Buys("RenewDomain", Domain, Buy),
        Buys("TransferDomain", Domain, Buy));

    private static void Buy(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: record.Request["domainName"].Text is { } name ? Ids.Tail(name, '.') : null, quantity: record.Request["durationInYears"].Amount,
        id: record.Request["domainName"].Text, note: "by the year; the price follows the top-level domain");
}

namespace DdocCost.Domain.Pricing.Resources;

/// <summary>RDS proxies: by the vCPUs of the databases behind, two at least.</summary>
internal static class RdsProxy
{
    private const decimal LeastVCpus = 2;

    public static Bill Price(Bill bill) =>
        bill.Add("rds", "proxy vcpu", LeastVCpus * bill.Units).Assume("at least: two vCPUs, those of the databases behind are not told", PriceConfidence.Low);
}

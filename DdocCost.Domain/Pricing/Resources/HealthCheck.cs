namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Route 53 health checks, by the month.</summary>
internal static class HealthCheck
{
    public static Bill Price(Bill bill) => bill
        .Add("route53", "health check non-aws endpoint", bill.Units, "check-month")
        .Assume("at most: of an AWS endpoint 50 are free and the others cost 0.50 a month; without optional features");
}

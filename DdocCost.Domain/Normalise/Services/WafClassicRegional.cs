namespace DdocCost.Domain.Normalise.Services;

/// <summary>WAF Classic for load balancers and APIs: the same calls as for CloudFront. Source: AWS WAF Classic Regional API reference.</summary>
internal static class WafClassicRegional
{
    public static readonly Service Service = WafClassic.Service with { Name = "waf-regional" };
}

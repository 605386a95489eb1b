namespace DdocCost.Domain.Pricing.Resources;

/// <summary>CodeBuild builds: by the minute, by size and operating system.</summary>
internal static class BuildMinute
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the size of the build");
        var environment = bill.Traits.Variant ?? "LINUX_CONTAINER";
        var system = environment switch
        {
            "LINUX_CONTAINER" => "linux",
            _ when environment.StartsWith("WINDOWS", StringComparison.Ordinal) => "windows",
            _ => null,
        };
        return system is null
            ? bill.Unpriced($"no list price is known for builds on {environment}")
            : bill.Add("codebuild", $"{system} {size.Replace("BUILD_GENERAL1_", "general1.", StringComparison.OrdinalIgnoreCase).ToLowerInvariant()}", bill.Units, "build-minute");
    }
}

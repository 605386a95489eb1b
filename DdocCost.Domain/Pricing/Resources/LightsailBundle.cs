namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Lightsail bundles, whose names tell their memory: <c>medium_win_ipv6_3_0</c>, <c>small_ha_2_0</c>.</summary>
/// <remarks>Source of the sizes: Amazon Lightsail API, GetBundles and GetRelationalDatabaseBundles.</remarks>
internal static class LightsailBundle
{
    public static Bill Instance(Bill bill)
    {
        if (Parse(bill.Size) is not { } bundle)
            return Unknown(bill);
        var (memory, vcpus) = bundle.Name switch
        {
            "nano" => ("0.5", 2),
            "micro" => ("1", 2),
            "small" => ("2", 2),
            "medium" => ("4", 2),
            "large" => ("8", 2),
            "xlarge" => ("16", 4),
            "2xlarge" => ("32", 8),
            "4xlarge" => ("64", 16),
            _ => ("", 0),
        };
        return vcpus == 0 ? Unknown(bill) : bill.Add(
            "lightsail", $"instance {(bundle.Has("win") ? "windows" : "linux")} {memory}GB mem {vcpus}vCPU{(bundle.Has("ipv6") ? " ipv6-only" : "")}", bill.Units, "instance-hour");
    }

    public static Bill Database(Bill bill)
    {
        if (Parse(bill.Size) is not { } bundle)
            return Unknown(bill);
        var memory = bundle.Name switch { "micro" => 1, "small" => 2, "medium" => 4, "large" => 8, _ => 0 };
        return memory == 0 ? Unknown(bill) : bill.Add("lightsail", $"database {(bundle.Has("ha") ? "ha" : "standard")} {memory}GB mem", bill.Units, "database-hour");
    }

    public static Bill Container(Bill bill) =>
        bill.Change.Size is { } power ? bill.Add("lightsail", $"container {power.ToLowerInvariant()}", bill.Units, "node-hour") : Unknown(bill);

    public static Bill Bucket(Bill bill) => ByPlan(bill, "bucket", "bucket-month");

    public static Bill Distribution(Bill bill) => ByPlan(bill, "distribution", "distribution-month");

    public static Bill Disk(Bill bill) =>
        bill.Traits.StorageGib is { } gib ? bill.Add("lightsail", "block storage", gib * bill.Units) : bill.Unpriced("the record does not tell the disk's size");

    private static Bill ByPlan(Bill bill, string what, string unit) => Parse(bill.Size) is { Name: "small" or "medium" or "large" } plan
        ? bill.Add("lightsail", $"{what} {plan.Name}", bill.Units, unit).Remark("without traffic beyond the plan") : Unknown(bill);

    private static Bill Unknown(Bill bill) =>
        bill.Unpriced(bill.Change.Size is null ? "the record does not tell the bundle" : $"no list price is known for bundle {bill.Size}");

    private static Bundle? Parse(string id) => id.Split('_') is [var name, .. var rest] && name.Length > 0 ? new Bundle(name, rest) : null;

    private sealed record Bundle(string Name, string[] Rest)
    {
        public bool Has(string word) => Array.IndexOf(Rest, word) >= 0;
    }
}

namespace DdocCost.Domain.Pricing.Offers;

/// <summary>EC2's offer: instances by operating system and tenancy, EBS, NAT gateways, Dedicated Hosts.</summary>
internal static class Ec2Offers
{
    public static PriceKey? Map(OfferProduct product) => product.Family switch
    {
        "Compute Instance" or "Compute Instance (bare metal)" => Instance(product),
        "Storage" => Storage(product),
        "System Operation" => Iops(product),
        "Provisioned Throughput" when product.IsUsed("EBS:VolumeP-Throughput.gp3") => new("ebs", "gp3 throughput (above 125)", "mibps-month"),
        "Storage Snapshot" when product.IsUsed("EBS:SnapshotUsage") => new("ebs", "snapshot", "gb-month"),
        "Storage Snapshot" when product.IsUsed("EBS:SnapshotArchiveStorage") => new("ebs", "snapshot archive", "gb-month"),
        "Fast Snapshot Restore" when product.IsUsed("EBS:FastSnapshotRestore") => new("ebs", "fast-snapshot-restore (per snapshot per AZ)", "dsu-hour"),
        "NAT Gateway" when product.IsUsed("NatGateway-Hours") => new("vpc", "nat-gateway", "hour"),
        "Dedicated Host" when product["instanceType"] is { Length: > 0 } family && product.IsUsed($"HostUsage:{family}") => new("ec2", $"dedicated host {family}", "hour"),
        _ => null,
    };

    /// <summary>What runs, without software that AWS resells, on a licence that comes with it.</summary>
    private static PriceKey? Instance(OfferProduct product)
    {
        if (product["instanceType"] is not { Length: > 0 } type
            || product["capacitystatus"] is not ("Used" or "")
            || product["preInstalledSw"] is not ("NA" or "")
            || product["marketoption"] is not ("OnDemand" or "")
            || product["licenseModel"] == "Bring your own license")
            return null;
        string? system = product["operatingSystem"] switch { "Linux" => "", "Windows" => " windows", "RHEL" => " rhel", "SUSE" => " suse", _ => null };
        string? tenancy = product["tenancy"] switch { "Shared" => "", "Dedicated" => " dedicated", _ => null };
        return system is null || tenancy is null ? null : new PriceKey("ec2", $"{type}{system}{tenancy}", "hour");
    }

    private static PriceKey? Storage(OfferProduct product)
    {
        var (type, usage) = (product["volumeApiName"], product["usagetype"]);
        return type.Length > 0 && usage.Contains("EBS:VolumeUsage", StringComparison.Ordinal) ? new PriceKey("ebs", type, "gb-month") : null;
    }

    private static PriceKey? Iops(OfferProduct product) =>
        product.IsUsed("EBS:VolumeP-IOPS.gp3") ? new("ebs", "gp3 iops (above 3000)", "iops-month")
        : product.IsUsed("EBS:VolumeP-IOPS.piops") ? new("ebs", "io1 iops", "iops-month")
        : product.IsUsed("EBS:VolumeP-IOPS.io2") ? new("ebs", "io2 iops (first 32000)", "iops-month")
        : product.IsUsed("EBS:VolumeP-IOPS.io2.tier2") ? new("ebs", "io2 iops (32001-64000)", "iops-month")
        : product.IsUsed("EBS:VolumeP-IOPS.io2.tier3") ? new("ebs", "io2 iops (above 64000)", "iops-month")
        : null;
}

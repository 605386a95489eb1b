namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Directories of AWS Directory Service, two controllers each.</summary>
internal static class ManagedDirectory
{
    public static Bill Price(Bill bill) => bill.Size switch
    {
        "" => bill.Unpriced("the record does not tell the kind of directory"),
        ['a', 'd', '-', ..] => bill.Add("directory-service", $"{bill.Size} (2)", bill.Units, "directory-hour"),
        _ => bill.Add("directory-service", $"{bill.Size} (2 controllers)", bill.Units, "directory-hour"),
    };
}

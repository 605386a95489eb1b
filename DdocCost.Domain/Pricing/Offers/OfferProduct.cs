namespace DdocCost.Domain.Pricing.Offers;

/// <summary>A product of an AWS offer file while it is read: its family and the attributes that set its price.</summary>
public sealed class OfferProduct
{
    /// <summary>The attributes that the mappings look at; an offer file has some thirty others.</summary>
    private static readonly string[] Known =
    [
        "instanceType", "operatingSystem", "tenancy", "capacitystatus", "preInstalledSw", "licenseModel", "marketoption", "usagetype", "operation", "regionCode",
        "volumeApiName", "databaseEngine", "databaseEdition", "deploymentOption", "cacheEngine",
    ];

    private readonly string?[] attributes = new string?[Known.Length];

    /// <summary>productFamily, such as <c>Compute Instance</c>; empty where there is none.</summary>
    public string Family { get; set; } = "";

    /// <summary>An attribute, or an empty string where the product lacks it.</summary>
    public string this[string name] => attributes[Array.IndexOf(Known, name)] ?? "";

    /// <summary>What usagetype says behind the region: <c>EUC1-BoxUsage:m5.large</c> and <c>BoxUsage:m5.large</c> end alike.</summary>
    public bool IsUsed(string usage) => this["usagetype"] is var told && told.EndsWith(usage, StringComparison.Ordinal)
        && (told.Length == usage.Length || told[^(usage.Length + 1)] == '-');

    /// <summary>Position of an attribute that is kept, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < Known.Length; i++)
        {
            if (System.Text.Ascii.Equals(name, Known[i]))
                return i;
        }

        return -1;
    }

    /// <summary>Keeps an attribute.</summary>
    public void Set(int index, string? value) => attributes[index] = value;

    /// <summary>Makes room for the next product.</summary>
    public void Clear()
    {
        Family = "";
        Array.Clear(attributes);
    }
}

/// <summary>What a product is called in the price book.</summary>
/// <param name="Service">Service in the price book.</param>
/// <param name="Product">Product in the price book.</param>
/// <param name="Unit">What its price buys one of.</param>
public sealed record PriceKey(string Service, string Product, string Unit);

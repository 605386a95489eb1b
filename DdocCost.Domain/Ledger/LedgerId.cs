using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace DdocCost.Domain.Ledger;

/// <summary>Ids of the ledger's documents. Names of AWS resources are unique only within account, region and type.</summary>
internal static class LedgerId
{
    // A record may hold a name of any length and content; an index of the store takes neither long ones nor a NUL.
    private const int LongestName = 256;

    /// <summary>Id of a resource.</summary>
    /// <param name="part">From 1; a domain with master nodes has two.</param>
    public static string Of(string account, string region, string resourceType, string resourceId, int part = 1)
    {
        var id = $"{account}/{Name(region)}/{resourceType}/{Name(resourceId)}";
        return part == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}#{part}");
    }

    /// <summary>Which part of its resource a document is.</summary>
    public static int PartOf(RunningResource resource)
    {
        var first = Of(resource.AccountId, resource.Region, resource.ResourceType, resource.ResourceId).Length;
        return resource.Id.Length > first ? int.Parse(resource.Id.AsSpan(first + 1), NumberStyles.None, CultureInfo.InvariantCulture) : 1;
    }

    /// <summary>Id of a definition.</summary>
    /// <param name="definition">As <c>type/name</c>.</param>
    public static string OfDefinition(string account, string region, string definition) => $"{account}/{Name(region)}/{Name(definition)}";

    /// <summary>A name fit for an id: itself, or its beginning and a hash where it is too long.</summary>
    public static string Name(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
            name = name.Replace('\0', '\uFFFD');
        return name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, LongestName), "~", Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(name))));
    }
}

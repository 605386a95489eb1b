using System.Globalization;

namespace DdocCost.Domain.Pricing;

/// <summary>
/// A product name that holds an instance type, taken apart: <c>db.r7i.2xlarge postgres single-az</c> is prefix <c>db.</c>, family
/// <c>r7i</c>, size <c>2xlarge</c>, rest <c> postgres single-az</c>.
/// </summary>
internal readonly record struct InstanceSize(string Prefix, string Family, string Size, string Rest)
{
    private static readonly string[] Sizes =
        [
            "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge", "12xlarge", "24xlarge", "48xlarge", "3xlarge", "6xlarge", "9xlarge", "10xlarge", "18xlarge",
            "32xlarge", "56xlarge", "96xlarge", "112xlarge", "medium", "small", "micro", "nano",
        ];

    // Far beyond today's (m9g), and a bound for what a record may make us try.
    private const int LatestGeneration = 20;

    /// <summary>null where the name holds no instance type.</summary>
    public static InstanceSize? Parse(string product)
    {
        var space = product.IndexOf(' ', StringComparison.Ordinal);
        var name = space < 0 ? product : product[..space];
        var tail = space < 0 ? "" : product[space..];
        var parts = name.Split('.');
        var at = Array.FindIndex(parts, part => WeightOf(part) is not null);
        if (at < 1)
            return null;
        var prefix = string.Concat(parts.Take(at - 1).Select(part => part + "."));
        var rest = string.Concat(parts.Skip(at + 1).Select(part => "." + part)) + tail;
        return new InstanceSize(prefix, parts[at - 1], parts[at], rest);
    }

    /// <summary>How many small ones it weighs (AWS "normalization factor"): within a family, prices are in proportion to it.</summary>
    public decimal Weight => WeightOf(Size)!.Value;

    /// <summary>The same in other sizes, the most usual first.</summary>
    public IEnumerable<InstanceSize> Siblings()
    {
        var (prefix, family, size, rest) = this;
        return Sizes.Where(other => other != size).Select(other => new InstanceSize(prefix, family, other, rest));
    }

    /// <summary>The same of other generations, the latest earlier one first, then the next later: <c>m5g</c>, …, <c>m1g</c>, <c>m7g</c>, … for <c>m6g</c>.</summary>
    public IEnumerable<InstanceSize> OtherGenerations()
    {
        var self = this;
        var family = Family;
        var digits = Family.AsSpan().IndexOfAnyInRange('0', '9');
        if (digits < 1)
            yield break;
        var end = digits;
        while (end < Family.Length && char.IsAsciiDigit(Family[end]))
            end++;
        if (!int.TryParse(Family.AsSpan(digits, end - digits), NumberStyles.None, CultureInfo.InvariantCulture, out var own) || own > LatestGeneration)
            yield break;
        for (var earlier = own - 1; earlier > 0; earlier--)
            yield return Of(earlier);
        for (var later = own + 1; later <= LatestGeneration; later++)
            yield return Of(later);

        InstanceSize Of(int generation) => self with
        {
            Family = string.Concat(family.AsSpan(0, digits), generation.ToString(CultureInfo.InvariantCulture), family.AsSpan(end)),
        };
    }

    /// <summary>Column of the region multipliers that fits the family.</summary>
    public string MultiplierKind => Family switch
    {
        ['t', ..] when !Family.StartsWith("trn", StringComparison.Ordinal) => "ec2_burstable",
        ['p' or 'g', >= '0' and <= '9', ..] or ['t', 'r', 'n', ..] or ['i', 'n', 'f', ..] or ['d', 'l', ..] => "ec2_gpu",
        _ when Family.AsSpan(1).Contains('g') => "ec2_graviton",
        _ => "ec2_x86",
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}{Family}.{Size}{Rest}";

    private static decimal? WeightOf(string size) => size switch
    {
        "nano" => 0.25m,
        "micro" => 0.5m,
        "small" => 1,
        "medium" => 2,
        "large" => 4,
        "xlarge" => 8,
        _ when size.EndsWith("xlarge", StringComparison.Ordinal) => Times(size.AsSpan()[..^6]),
        _ when size.StartsWith("metal-", StringComparison.Ordinal) && size.EndsWith("xl", StringComparison.Ordinal) => Times(size.AsSpan()[6..^2]),
        _ => null,
    };

    private static decimal? Times(ReadOnlySpan<char> count) =>
        int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times is > 0 and < 1_000 ? 8 * times : null;
}

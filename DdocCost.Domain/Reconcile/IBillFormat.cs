using System.Globalization;

namespace DdocCost.Domain.Reconcile;

/// <summary>Understands the lines of one kind of bill, by the names of its columns.</summary>
internal interface IBillFormat
{
    /// <summary>For a person.</summary>
    string Name { get; }

    /// <summary>Reads a line.</summary>
    LineOutcome Read(string[] fields);

    /// <summary>The format that a header belongs to, or null.</summary>
    static IBillFormat? Of(string[] header) => new BillColumns(header) is var columns && CostReportFormat.Fits(columns) ? new CostReportFormat(columns)
        : FocusFormat.Fits(columns) ? new FocusFormat(columns) : null;
}

/// <summary>Where a bill's columns stand, whatever spelling they have: <c>lineItem/ResourceId</c> and <c>line_item_resource_id</c> are one.</summary>
internal sealed class BillColumns
{
    private const NumberStyles Amount = NumberStyles.Float;

    private static readonly Lazy<HashSet<string>> used = new(() =>
    {
        var probe = new BillColumns([]);
        _ = (CostReportFormat.Fits(probe), new CostReportFormat(probe), FocusFormat.Fits(probe), new FocusFormat(probe));
        return probe.asked;
    });

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public BillColumns(string[] header)
    {
        for (var i = 0; i < header.Length; i++)
            places.TryAdd(Plain(header[i]), i);
        Count = header.Length;
    }

    /// <summary>How many a line must have.</summary>
    public int Count { get; }

    /// <summary>Whether all of these exist.</summary>
    public bool Has(params string[] names) => names.All(name => Of(name) >= 0);

    /// <summary>Its place, or −1.</summary>
    public int Of(string name)
    {
        asked.Add(Plain(name));
        return places.GetValueOrDefault(Plain(name), -1);
    }

    /// <summary>Whether any format reads a column of this name.</summary>
    public static bool IsUsed(string name) => used.Value.Contains(Plain(name));

    public static string Text(string[] fields, int place) => place < 0 ? "" : fields[place];

    /// <summary>An amount of money; null where the field is empty, and not read where it is none.</summary>
    public static bool TryAmount(string[] fields, int place, out decimal? amount)
    {
        amount = null;
        var text = Text(fields, place);
        if (text.Length == 0)
            return true;
        if (!decimal.TryParse(text, Amount, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > 1e12m)
            return false;
        amount = number;
        return true;
    }

    /// <summary>The UTC day of a moment, or null. Also takes an interval as legacy reports have it, <c>begin/end</c>.</summary>
    public static DateOnly? Day(string text) =>
        DateTimeOffset.TryParse(text.Split('/', 2)[0].Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at.Year is >= 2006 and < 2200
            ? DateOnly.FromDateTime(at.UtcDateTime) : null;

    /// <summary>Whether it is an account's number.</summary>
    public static bool IsAccount(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);

    private static string Plain(string name) => string.Concat(name.Trim('\uFEFF', ' ').Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

using System.Globalization;

namespace DdocCost.Domain.Wording;

/// <summary>US dollars and numbers as people read them, in the <see cref="NumberStyle"/> of whoever is answered. elements.js follows the same rules for figures that grow in the browser.</summary>
public static class Usd
{
    /// <summary>Such as <c>$1,234.50</c>: no cents from ten thousand up, four digits below a cent, a true minus sign.</summary>
    public static string Format(decimal usd)
    {
        var size = Math.Abs(usd);
        var digits = size is 0 or >= 10_000 ? 0 : size < 0.01m ? 4 : 2;
        var text = "$" + size.ToString("N" + digits, NumberStyle.Format);
        return usd < 0 ? "−" + text : text;
    }

    /// <summary>For an axis: no cents where there are none.</summary>
    public static string Brief(decimal usd) => usd == decimal.Truncate(usd) ? Whole(usd) : Format(usd);

    private static string Whole(decimal usd) => (usd < 0 ? "−$" : "$") + Math.Abs(usd).ToString("N0", NumberStyle.Format);

    /// <summary>A rate, or the word for one that is not known: unknown is never shown as zero.</summary>
    public static string PerHour(decimal? usdPerHour) => usdPerHour is { } known ? Format(known) + "/h" : "unpriced";

    /// <summary>A plain number with thousands separators.</summary>
    public static string Count(long count) => count.ToString("N0", NumberStyle.Format);

    /// <summary>A statistic: as many digits as tell something.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1000 => value.ToString("N0", NumberStyle.Format),
        >= 10 => value.ToString("0.#", NumberStyle.Format),
        >= 0.01 => value.ToString("0.###", NumberStyle.Format),
        _ => value.ToString("0.##e0", NumberStyle.Format),
    };

    /// <summary>A score of 0 to 100.</summary>
    public static string Score(double score) => score.ToString("0.#", NumberStyle.Format);

    /// <summary>A number for HTML and CSS.</summary>
    public static string Raw(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number for HTML and CSS.</summary>
    public static string Raw(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

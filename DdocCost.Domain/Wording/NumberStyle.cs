using System.Globalization;

namespace DdocCost.Domain.Wording;

/// <summary>How a reader writes numbers: the signs between thousands and before decimals. Words and the currency stay as they are.</summary>
/// <param name="Id">Kept with the person; also a language that browsers know for this way of writing.</param>
/// <param name="Example">To choose by.</param>
/// <param name="Thousands">Between thousands.</param>
/// <param name="Decimals">Before decimals.</param>
public sealed record NumberStyle(string Id, string Example, string Thousands, string Decimals)
{
    /// <summary>The ways there are; the first is what mails, channels and the API use, and whoever chose none.</summary>
    public static IReadOnlyList<NumberStyle> All { get; } =
    [
        new("en-US", "1,234.56", ",", "."),
        new("de-DE", "1.234,56", ".", ","),
        new("fr-FR", "1\u202f234,56", "\u202f", ","),
        new("de-CH", "1’234.56", "’", "."),
    ];

    private static readonly AsyncLocal<NumberStyle?> Current = new();

    private readonly NumberFormatInfo _format = NumberFormatInfo.ReadOnly(new NumberFormatInfo { NumberGroupSeparator = Thousands, NumberDecimalSeparator = Decimals, NegativeSign = "-" });

    /// <summary>That of whoever is being answered.</summary>
    internal static IFormatProvider Format => (Current.Value ?? All[0])._format;

    /// <summary>The one of that id; null where there is none.</summary>
    public static NumberStyle? Find(string? id) => All.FirstOrDefault(style => style.Id == id);

    /// <summary>Writes in this way whatever is written from here on in the same flow of calls: a drawing of a page, not a letter or an export.</summary>
    /// <param name="id">One of the ids; anything else for the usual one.</param>
    public static void Use(string? id) => Current.Value = Find(id);
}

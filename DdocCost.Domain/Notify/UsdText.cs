using System.Globalization;

namespace DdocCost.Domain.Notify;

/// <summary>Dollars as messages say them: three significant figures below 100, whole dollars above.</summary>
public static class UsdText
{
    /// <summary>Such as <c>$1,234</c>, <c>$38.6</c>, <c>$0.151</c>.</summary>
    public static string Of(decimal usd) => usd switch
    {
        < 0 => $"-{Of(-usd)}",
        >= 100 => string.Create(CultureInfo.InvariantCulture, $"${usd:#,0}"),
        >= 10 => string.Create(CultureInfo.InvariantCulture, $"${usd:0.#}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"${usd:0.###}"),
    };
}

using DdocCost.Domain.Scoring;
using DdocCost.Domain.Wording;

namespace DdocCost.App.Detection;

/// <summary>What a baseline says, for a person.</summary>
internal static class BaselineText
{
    /// <summary>What one event of it usually puts at risk within a day, after leaning on what is assumed of any account.</summary>
    public static Expectation Event(Baseline baseline) => Expectation.OfMoney(DetectionOptions.Default).After(baseline.EventMoney, DetectionOptions.Default);

    /// <summary>Such as <c>$12.00, mostly $6.00 to $24.00</c>, which two events in three lie between; or that it is too little to be told apart.</summary>
    public static string Usual(Expectation expectation)
    {
        var factor = Math.Exp(expectation.Spread);
        return expectation.Usual < 1.1 * expectation.Least
            ? $"under {Dollars(expectation.Least)}, too little to tell apart"
            : $"{Dollars(expectation.Usual)}, mostly {Dollars(expectation.Usual / factor)} to {Dollars(expectation.Usual * factor)}";
    }

    /// <summary>A statistic in dollars, whatever a double can be.</summary>
    public static string Dollars(double usd) => double.IsFinite(usd) ? Usd.Format((decimal)Math.Clamp(usd, -1e12, 1e12)) : "unknown";

    /// <summary>How sure it is, in words, and by what factor what is usual may be off (one standard deviation).</summary>
    public static (string Words, string Factor) Sureness(Baseline baseline)
    {
        var factor = Math.Exp(Event(baseline).Doubt);
        var words = baseline.EventMoney.Weight < 1.5 ? "hardly known" : factor < 1.3 ? "well known" : factor < 2 ? "known" : "little known";
        return (words, string.Create(NumberStyle.Format, $"within a factor of {factor:0.0#}"));
    }

    /// <summary>What was flagged and waits to be accepted, or null.</summary>
    public static string? Waiting(Baseline baseline) => baseline.HeldEvent switch
    {
        { IsEmpty: true } => null,
        { IsAccepted: true } => "accepted, learned from tomorrow on",
        var held => $"flagged on {held.Days} {(held.Days == 1 ? "day" : "days")}, not learned yet",
    };
}

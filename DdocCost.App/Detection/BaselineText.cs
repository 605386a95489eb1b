using System.Globalization;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Wording;

namespace DdocCost.App.Detection;

/// <summary>What a baseline says, for a person.</summary>
internal static class BaselineText
{
    /// <summary>What one event of it usually puts at risk within a day, after leaning on what is assumed of any account.</summary>
    public static Expectation Event(Baseline baseline) => Expectation.OfMoney(DetectionOptions.Default).After(baseline.EventMoney, DetectionOptions.Default);

    /// <summary>Such as <c>$12 a day, from $6 to $24</c>: what two events in three lie between.</summary>
    public static string Usual(Expectation expectation) => string.Create(
        CultureInfo.InvariantCulture,
        $"${Usd.Number(expectation.Usual)}, mostly ${Usd.Number(expectation.Usual / Math.Exp(expectation.Spread))} to ${Usd.Number(expectation.Usual * Math.Exp(expectation.Spread))}");

    /// <summary>How sure it is, in words, and by what factor what is usual may be off (one standard deviation).</summary>
    public static (string Words, string Factor) Sureness(Baseline baseline)
    {
        var factor = Math.Exp(Event(baseline).Doubt);
        var words = baseline.EventMoney.Weight < 1.5 ? "hardly known" : factor < 1.3 ? "well known" : factor < 2 ? "known" : "little known";
        return (words, string.Create(CultureInfo.InvariantCulture, $"within a factor of {factor:0.0#}"));
    }

    /// <summary>What was flagged and waits to be accepted, or null.</summary>
    public static string? Waiting(Baseline baseline) => baseline.HeldEvent switch
    {
        { IsEmpty: true } => null,
        { IsAccepted: true } => "accepted, learned from tomorrow on",
        var held => $"flagged on {held.Days} {(held.Days == 1 ? "day" : "days")}, not learned yet",
    };
}

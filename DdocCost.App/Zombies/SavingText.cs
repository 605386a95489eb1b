using DdocCost.App.Shell;
using DdocCost.Domain.Zombies;

namespace DdocCost.App.Zombies;

/// <summary>A saving as people read it: unknown is never shown as zero, a ceiling says so.</summary>
internal static class SavingText
{
    /// <summary>How the figure came about, in a word or two.</summary>
    public static string Basis(Saving saving) => saving.Basis == SavingBasis.Billed ? "as billed" : "at list price";

    /// <summary>Such as <c>$73.00</c>, <c>up to $12.50</c> or <c>unpriced</c>.</summary>
    public static string Of(Saving saving) => saving.UsdPerMonth is not { } usd ? "unpriced" : saving.IsCeiling ? $"up to {Usd.Format(usd)}" : Usd.Format(usd);
}

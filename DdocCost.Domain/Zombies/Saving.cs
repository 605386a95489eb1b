using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Zombies;

/// <summary>What would be saved if a zombie were ended: by the bill where that tells, else at on-demand list prices.</summary>
public sealed record Saving
{
    /// <summary>USD per month of 730 hours, or null where no price is known.</summary>
    public decimal? UsdPerMonth { get; init; }

    /// <summary>Where the figure comes from.</summary>
    public SavingBasis Basis { get; init; }

    /// <summary>The real saving may be less, such as for a snapshot that shares its blocks with others.</summary>
    public bool IsCeiling { get; init; }

    /// <summary>How far the prices can be trusted.</summary>
    public PriceConfidence Confidence { get; init; }

    /// <summary>What was assumed or left out, for a person, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Nothing.</summary>
    public static Saving None { get; } = new() { UsdPerMonth = 0, Confidence = PriceConfidence.High };

    /// <summary>No price is known, and why.</summary>
    public static Saving Unpriced(string note) => new() { Note = note };

    /// <summary>From a running cost.</summary>
    public static Saving Of(Cost cost) => new()
    {
        UsdPerMonth = cost.UsdPerHour * Bill.HoursPerMonth,
        Confidence = cost.Confidence,
        Note = cost.Note,
    };

    /// <summary>Both together: a part without a price is named, and the sum is then what is known at least.</summary>
    public static Saving operator +(Saving a, Saving b) => new()
    {
        UsdPerMonth = a.UsdPerMonth is null && b.UsdPerMonth is null ? null : (a.UsdPerMonth ?? 0) + (b.UsdPerMonth ?? 0),
        IsCeiling = a.IsCeiling || b.IsCeiling,
        Confidence = a.Confidence < b.Confidence ? a.Confidence : b.Confidence,
        Note = (a.Note, b.Note) is ({ } first, { } second) && first != second ? $"{first}; {second}" : a.Note ?? b.Note,
    };

    /// <summary>A share of it, or a multiple.</summary>
    public static Saving operator *(Saving saving, decimal times) => saving with { UsdPerMonth = saving.UsdPerMonth * times };

    /// <summary>The same as the most it could be.</summary>
    public Saving AtMost(string why) => this with { IsCeiling = true, Note = Note is null ? why : $"{Note}; {why}" };
}

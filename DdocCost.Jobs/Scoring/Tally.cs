using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.Jobs.Scoring;

/// <summary>What became of an account's records in a batch. Records = cost-bearing + free + quarantined + duplicates.</summary>
internal sealed class Tally
{
    /// <summary>Started, changed, stopped or bought something, with a known price.</summary>
    public long Priced { get; private set; }

    /// <summary>The same without a known price.</summary>
    public long Unpriced { get; private set; }

    /// <summary>Costs nothing: reads, definitions, refused and dry-run calls.</summary>
    public long Free { get; private set; }

    /// <summary>Cannot be read as what it says it is.</summary>
    public long Quarantined { get; private set; }

    /// <summary>A cost event of the same key is stored already.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Priced or not.</summary>
    public long CostBearing => Priced + Unpriced;

    /// <summary>All.</summary>
    public long Records => CostBearing + Free + Quarantined + Duplicates;

    /// <summary>Counts a cost event.</summary>
    public void Add(CostEvent e)
    {
        if (e.Costed.Event.Action is ResourceAction.None or ResourceAction.Define)
        {
            Free++;
        }
        else if (e.Costed.IsPriced)
        {
            Priced++;
        }
        else
        {
            Unpriced++;
        }
    }

    /// <summary>Counts records that cost nothing.</summary>
    public void AddFree(long records) => Free += records;

    /// <summary>Counts records put into quarantine.</summary>
    public void AddQuarantined(long records) => Quarantined += records;

    /// <summary>Counts a record met before.</summary>
    public void AddDuplicate() => Duplicates++;
}

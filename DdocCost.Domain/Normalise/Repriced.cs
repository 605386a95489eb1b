using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise;

/// <summary>
/// What newer list prices make of the rates of what runs: a record of our own, which takes the same way as AWS's, so that the ledger can be rebuilt
/// from the records alone.
/// </summary>
public static class Repriced
{
    /// <summary>eventSource of these records.</summary>
    public const string Source = "prices.ddoc-cost";

    /// <summary>eventName of these records.</summary>
    public const string Moved = "ListPricesMoved";

    internal static readonly Service Service = new(Source, new Operation(Moved, ResourceAction.Reprice, "prices:list", Read));

    private static void Read(CloudTrailRecord record, ChangeList changes)
    {
        foreach (var rate in record.Request["rates"].Items)
        {
            if (rate["resourceType"].Text is { } type && rate["resourceId"].Text is { } id && rate["is"].Amount is { } now)
            {
                changes.Add(type: type, id: id, rate: new RateMove((int)Math.Clamp(rate["part"].Amount ?? 1, 1, 1000), rate["was"].Amount, now));
            }
        }
    }
}

namespace DdocCost.Domain.Reconcile;

/// <summary>A line of a bill, as far as it is compared.</summary>
/// <param name="Payer">Account that pays.</param>
/// <param name="Period">First day of the bill's month.</param>
/// <param name="AccountId">Account that used it.</param>
/// <param name="Service">As CloudTrail names it; of what is no service (tax), as the bill does.</param>
/// <param name="ResourceId">As billed; empty where it is of no resource.</param>
/// <param name="Day">Of the usage, UTC.</param>
/// <param name="BilledUsd">What it costs: after discounts, with what commitments cover at their own price.</param>
/// <param name="ListUsd">The same at AWS's on-demand price; null where the bill does not tell.</param>
/// <param name="IsUsage">Usage, which we estimate; else tax, credit, fee.</param>
public readonly record struct BillLine(
    string Payer, DateOnly Period, string AccountId, string Service, string ResourceId, DateOnly Day, decimal BilledUsd, decimal? ListUsd, bool IsUsage)
{
    /// <summary>Longest resource id that is kept, characters.</summary>
    public const int LongestResource = 512;

    /// <summary>What an id is compared by: of an ARN the part that names the resource, without its kind.</summary>
    public static string KeyOf(string resourceId)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        if (!resourceId.StartsWith("arn:", StringComparison.Ordinal) || resourceId.Split(':', 6) is not [_, _, _, _, _, { Length: > 0 } named])
            return resourceId;
        var cut = named.IndexOfAny(['/', ':']);
        return cut < 0 || cut == named.Length - 1 ? named : named[(cut + 1)..];
    }
}

/// <summary>What became of a line: read, left out on purpose, or malformed with the reason.</summary>
/// <param name="Line">What it says, or null.</param>
/// <param name="Problem">Why it cannot be read, or null.</param>
public readonly record struct LineOutcome(BillLine? Line, string? Problem)
{
    /// <summary>Says nothing that would not be counted twice.</summary>
    public static LineOutcome LeftOut { get; } = new(null, null);

    /// <summary>Read.</summary>
    public static LineOutcome Of(BillLine line) => new(line, null);

    /// <summary>Malformed.</summary>
    public static LineOutcome Bad(string problem) => new(null, problem);
}

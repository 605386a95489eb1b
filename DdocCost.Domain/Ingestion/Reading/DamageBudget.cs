namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>
/// Counts rejected pieces and vain tries to resume reading. Each costs an exception or an entry in quarantine, and a delivery made of
/// nothing else must cost neither hours nor the memory.
/// </summary>
internal sealed class DamageBudget
{
    /// <summary>After so many a delivery is given up.</summary>
    public const int Limit = 100_000;

    private int _spent;

    public bool IsSpent => _spent >= Limit;

    public void Spend() => _spent++;
}

namespace DdocCost.Domain.Ledger;

/// <summary>What a batch changed in a ledger: documents to store and documents to delete. An id is never in both lists of its kind.</summary>
/// <param name="Started">Resources new or changed.</param>
/// <param name="Ended">Document ids of <see cref="RunningResource"/>s that ended.</param>
/// <param name="Definitions">Definitions new or changed.</param>
/// <param name="Hours">Increments to add to the stored <see cref="SpendHour"/> of the same id.</param>
public sealed record LedgerChanges(
    IReadOnlyList<RunningResource> Started, IReadOnlyList<string> Ended, IReadOnlyList<ResourceDefinition> Definitions, IReadOnlyList<SpendHour> Hours)
{
    /// <summary>Nothing.</summary>
    public static readonly LedgerChanges None = new([], [], [], []);

    /// <summary>Document ids of definitions that were forgotten to stay within bounds.</summary>
    public IReadOnlyList<string> ForgottenDefinitions { get; init; } = [];

    /// <summary>Ends to remember, new or changed.</summary>
    public IReadOnlyList<EndedResource> Remembered { get; init; } = [];

    /// <summary>Document ids of <see cref="EndedResource"/>s that need not be remembered any more.</summary>
    public IReadOnlyList<string> Forgotten { get; init; } = [];
}

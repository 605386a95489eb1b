namespace DdocCost.Domain.Normalise;

/// <summary>Collects what one record changed. For a refused call it keeps what would have changed, with action None.</summary>
internal sealed class ChangeList(Operation operation, bool refused)
{
    private readonly List<ResourceChange> _changes = new(1);

    /// <summary>What was read so far.</summary>
    public IReadOnlyList<ResourceChange> All => _changes;

    /// <summary>Adds one group of like resources. Type and action are those of the operation unless told otherwise.</summary>
    public void Add(
        string? size = null, decimal? quantity = null, string? id = null, IReadOnlyList<string>? ids = null, ResourceTraits? traits = null,
        string? owner = null, string? definition = null, string? previousSize = null, string? note = null,
        decimal? paidUsd = null, decimal? committedUsdPerHour = null, string? type = null, ResourceAction? action = null,
        ResourceTraits? previousTraits = null, decimal? quantityAdded = null, RateMove? rate = null, string? sameAs = null,
        IReadOnlyDictionary<string, string>? tags = null)
    {
        ids ??= id is null ? [] : [id];
        var done = action ?? operation.Action;
        _changes.Add(new ResourceChange
        {
            Action = refused ? ResourceAction.None : done,
            ResourceType = type ?? operation.ResourceType,
            Size = size,
            Quantity = quantity ?? Math.Max(1, ids.Count),
            QuantityUntold = quantity is null && ids.Count <= 1 && done is ResourceAction.Change or ResourceAction.Define,
            ResourceIds = ids,
            Traits = traits ?? ResourceTraits.None,
            Owner = owner,
            Definition = definition,
            SameAs = sameAs,
            PreviousSize = previousSize,
            PreviousTraits = previousTraits,
            QuantityAdded = quantityAdded,
            PaidUsd = paidUsd,
            CommittedUsdPerHour = committedUsdPerHour,
            Rate = rate,
            Tags = tags,
            Note = note,
        });
    }

    /// <summary>Says of an operation what little can be said when the record does not tell: that it happened.</summary>
    public void AddUntold() => Add(note: "the record does not tell of what size");
}

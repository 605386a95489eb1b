using System.Globalization;
using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <content>What becomes known of a running resource without anybody having changed it: its tags, newer list prices.</content>
public sealed partial class ResourceLedger
{
    /// <summary>More than AWS allows a resource; a record may tell anything.</summary>
    private const int MaxTags = 100;

    private void Tag(ResourceEvent e, ResourceChange change, Effect effect)
    {
        var tagged = change.ResourceIds.SelectMany(id => running.PartsOf(AccountId, e.Region, change.ResourceType, id)).ToList();
        effect.Pass(change, tagged.Count > 0 ? null : "is not known to run");
        foreach (var resource in tagged)
        {
            var tags = new SortedDictionary<string, string>(resource.Tags?.ToDictionary() ?? [], StringComparer.Ordinal);
            foreach (var (key, value) in e.TagsRemoved is null ? change.Tags ?? e.Tags ?? EmptyTags : EmptyTags)
            {
                if (tags.Count < MaxTags || tags.ContainsKey(key))
                    tags[key] = value;
            }

            foreach (var key in e.TagsRemoved is null ? [] : change.Tags?.Keys ?? e.TagsRemoved)
                tags.Remove(key);
            running.Put(resource with { Tags = tags.Count == 0 ? null : tags });
        }
    }

    private static readonly IReadOnlyDictionary<string, string> EmptyTags = new Dictionary<string, string>();

    /// <summary>What a resource has become, at another rate from an event on; what it was until then is told.</summary>
    private static RunningResource Rerated(RunningResource known, RunningResource changed, decimal? rate, ResourceEvent e, Effect effect)
    {
        if (rate != known.UsdPerHour)
            effect.Past(known, e.Time);
        return changed.At(rate, e.Time);
    }

    /// <summary>
    /// A rate by newer list prices, from this event on; only where the rate is still the one that was compared. It is nobody's doing: it moves the
    /// exposure in the books of whoever started the resource, and adds nothing to what was spent.
    /// </summary>
    private void Reprice(ResourceEvent e, ResourceChange change, Effect effect)
    {
        effect.Pass(change);
        if (change is not { Rate: { } move, ResourceIds: [var id] } || running.Find(LedgerId.Of(AccountId, e.Region, change.ResourceType, id, move.Part)) is not { } known
            || known.UsdPerHour != move.Was)
        {
            return;
        }

        var more = move.Is - (known.UsdPerHour ?? 0);
        running.Put(Rerated(known, known, Rate.Plain(move.Is), e, effect));
        effect.Repriced(known, Rate.Plain(move.Is));
        hours.Add(known.Service, known.StartedBy, e.Time, 0, more, 0, 0);
        effect.Note(string.Create(CultureInfo.InvariantCulture, $"newer list prices: {id} {more:+0.####;-0.####;0} USD/h"));
    }
}

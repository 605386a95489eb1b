using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Forgotten;

/// <summary>Something in a simulated account as a scan would see it: left behind, or what belongs to that.</summary>
/// <param name="Kind">Its kind of fact.</param>
/// <param name="Seen">What a collector would have made of AWS's answer.</param>
/// <param name="IsIdle">Nobody uses it: its metrics say so.</param>
public sealed record Leftover(FactKind Kind, Resource Seen, bool IsIdle)
{
    /// <summary>One in an account's home region.</summary>
    public static Leftover Of(FactKind kind, Account account, string id, string state, DateTimeOffset? created, string? name = null, string? size = null, ResourceTraits? traits = null, bool isIdle = true) => new(kind, new Resource
    {
        Kind = kind.Name,
        PricedAs = kind.PricedAs == kind.Name ? null : kind.PricedAs,
        Id = id,
        AccountId = account.Id,
        Region = account.Region,
        Name = name,
        State = state,
        Created = created,
        Size = size,
        Traits = traits ?? ResourceTraits.None,
    }, isIdle);
}

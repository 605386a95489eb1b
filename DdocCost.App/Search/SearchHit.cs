namespace DdocCost.App.Search;

/// <summary>What kind of thing was found.</summary>
public enum HitKind
{
    /// <summary>An AWS account.</summary>
    Account,

    /// <summary>A case.</summary>
    Case,

    /// <summary>A resource that runs.</summary>
    Resource,

    /// <summary>Somebody or something that acts in an account.</summary>
    Actor,

    /// <summary>Something idle.</summary>
    Zombie,
}

/// <summary>Something that was found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id: of the account, case, resource, actor or finding.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Detail">What tells it from others of that name.</param>
/// <param name="Address">The page that shows it, a path with its query.</param>
public sealed record SearchHit(HitKind Kind, string Id, string Title, string Detail, string Address);

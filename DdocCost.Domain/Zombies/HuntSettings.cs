using System.ComponentModel.DataAnnotations;

namespace DdocCost.Domain.Zombies;

/// <summary>How a tenant's accounts are hunted through. Document; there is one.</summary>
public sealed record HuntSettings
{
    /// <summary>Id of the one document.</summary>
    public const string TheId = "hunt";

    /// <summary>Always <see cref="TheId"/>.</summary>
    public string Id { get; init; } = TheId;

    /// <summary>Tags that keep a resource from being judged: <c>key</c> with any value, or <c>key=value</c>. Casing does not matter.</summary>
    /// <value>Default what is usual.</value>
    [MaxLength(50)]
    public IReadOnlyList<string> KeepTags { get; init; } = ["keep=true", "dd0c:keep", "do-not-delete", "donotdelete", "zombie=ignore", "legal-hold"];

    /// <summary>Shortest time between the two scans that must agree before something is called a zombie.</summary>
    /// <value>Default 6 hours: two scans asked for in a row see the same state of things.</value>
    public TimeSpan BetweenSightings { get; init; } = TimeSpan.FromHours(6);

    /// <summary>What the API calls of one scan of one account may cost at most, USD; what is left then is not scanned.</summary>
    /// <value>Default 1 USD: 100,000 metrics.</value>
    [Range(0, 1000)]
    public decimal MostUsdPerScan { get; init; } = 1;

    /// <summary>Leaves out regions in which Cost Explorer shows no spend. One request costs 0.01 USD.</summary>
    /// <value>Default true. Where Cost Explorer does not answer, all enabled regions are scanned.</value>
    public bool SkipsRegionsWithoutSpend { get; init; } = true;
}

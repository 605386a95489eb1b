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

    /// <summary>Whether what a scan sees corrects the ledger: what runs without its start having been seen is entered, what two scans miss is ended.</summary>
    /// <value>Default true.</value>
    public bool CorrectsLedger { get; init; } = true;

    /// <summary>What the API calls of one scan of one account may cost at most, USD; what is left then is not scanned.</summary>
    /// <value>Default 1 USD: 100,000 metrics.</value>
    [Range(0, 1000)]
    public decimal MostUsdPerScan { get; init; } = 1;

    /// <summary>What the API calls of all scans of one account may cost in a calendar month at most, USD.</summary>
    /// <value>Default 5 USD.</value>
    [Range(0, 10000)]
    public decimal MostUsdPerMonth { get; init; } = 5;

    /// <summary>Asks Cost Explorer what each machine was billed, so that savings show what is paid rather than list prices. At least 0.01 USD a scan.</summary>
    /// <value>Default false; the account must have "resource-level data at daily granularity" switched on, and the policy must allow <c>ce:GetCostAndUsageWithResources</c>.</value>
    public bool AsksForBill { get; init; }

    /// <summary>Leaves out regions in which Cost Explorer shows no spend. One request costs 0.01 USD.</summary>
    /// <value>Default true. Where Cost Explorer does not answer, all enabled regions are scanned.</value>
    public bool SkipsRegionsWithoutSpend { get; init; } = true;

    /// <summary>Leaves out services, too, where the same answer shows no spend on them in a region (<see cref="Spend"/>).</summary>
    /// <value>Default true.</value>
    public bool SkipsServicesWithoutSpend { get; init; } = true;
}

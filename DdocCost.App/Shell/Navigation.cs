using System.Security.Claims;
using DdocCost.App.Access;
using MudBlazor;

namespace DdocCost.App.Shell;

/// <summary>A page in the navigation.</summary>
/// <param name="Address">Path.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Icon">SVG paths for a 24 × 24 box.</param>
/// <param name="LeavesApp">Not a page of ours; opens beside.</param>
public sealed record NavigationItem(string Address, string Title, string Icon, bool LeavesApp = false);

/// <summary>The pages in the order of the navigation.</summary>
internal static class Navigation
{
    /// <summary>What fits the bottom of a phone.</summary>
    public static IReadOnlyList<NavigationItem> Main { get; } =
    [
        new("/", "Overview", Icons.Material.Rounded.SpaceDashboard),
        new("/anomalies", "Anomalies", Icons.Material.Rounded.NotificationsActive),
        new("/exposure", "Running", Icons.Material.Rounded.Bolt),
    ];

    private static readonly IReadOnlyList<NavigationItem> More =
    [
        new("/zombies", "Zombies", Icons.Material.Rounded.Hotel),
        new("/accounts", "Accounts", Icons.Material.Rounded.Cloud),
        new("/detection", "Detection", Icons.Material.Rounded.Tune),
        new("/events", "Events", Icons.Material.Rounded.ReceiptLong),
        new("/channels", "Channels", Icons.Material.Rounded.Campaign),
        new("/reconcile", "Reconcile", Icons.Material.Rounded.Balance),
        new("/coverage", "Coverage", Icons.Material.Rounded.PriceCheck),
        new("/quarantine", "Quarantine", Icons.Material.Rounded.ReportGmailerrorred),
        new("/archive", "Archive", Icons.Material.Rounded.Inventory2),
        new("/system", "System", Icons.Material.Rounded.MonitorHeart),
    ];

    private static readonly NavigationItem Governance = new("/governance", "Governance", Icons.Material.Rounded.Gavel);

    private static readonly NavigationItem Users = new("/users", "Users & tokens", Icons.Material.Rounded.Group);

    private static readonly NavigationItem Profile = new("/profile", "Profile", Icons.Material.Rounded.AccountCircle);

    private static readonly NavigationItem[] None = [];

    private static readonly NavigationItem Audit = new("/audit", "Audit", Icons.Material.Rounded.History);

    private static readonly NavigationItem Jobs = new("/hangfire", "Jobs", Icons.Material.Rounded.Schedule, LeavesApp: true);

    /// <summary>All that a person may open.</summary>
    public static IReadOnlyList<NavigationItem> For(ClaimsPrincipal user) => [.. Main, .. MoreFor(user)];

    /// <summary>What a phone shows behind "More".</summary>
    public static IReadOnlyList<NavigationItem> MoreFor(ClaimsPrincipal user) =>
        [.. More, .. Roles.MayAdminister(user) ? [Users, Audit] : None, .. Roles.MayOperate(user) ? [Governance, Jobs] : None, Profile];
}

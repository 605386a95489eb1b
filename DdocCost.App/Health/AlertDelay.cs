namespace DdocCost.App.Health;

/// <summary>How long it took from events at AWS until their alerts, for one account.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Known">Until the case was scored and shown, by class of <see cref="Classes"/>.</param>
/// <param name="MedianKnown">Half were faster.</param>
/// <param name="SlowKnown">19 of 20 were faster.</param>
/// <param name="MedianTold">Until the first channel had taken the message; null where none was sent.</param>
/// <param name="SlowTold">The same, 19 of 20.</param>
public sealed record AlertDelay(string AccountId, IReadOnlyList<int> Known, TimeSpan MedianKnown, TimeSpan SlowKnown, TimeSpan? MedianTold, TimeSpan? SlowTold)
{
    /// <summary>Upper ends of the classes; the last class has none.</summary>
    public static readonly IReadOnlyList<TimeSpan> Classes =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20),
    ];

    /// <summary>Alerts counted.</summary>
    public int Count => Known.Sum();

    /// <summary>From delays in any order.</summary>
    public static AlertDelay Of(string accountId, IReadOnlyCollection<(TimeSpan Known, TimeSpan? Told)> alerts)
    {
        var classes = new int[Classes.Count + 1];
        foreach (var (known, _) in alerts)
        {
            classes[Classes.TakeWhile(end => known >= end).Count()]++;
        }

        TimeSpan[] knownInOrder = [.. alerts.Select(alert => alert.Known).Order()];
        TimeSpan[] toldInOrder = [.. alerts.Select(alert => alert.Told).OfType<TimeSpan>().Order()];
        return new(
            accountId, classes, At(knownInOrder, 0.5), At(knownInOrder, 0.95),
            toldInOrder.Length == 0 ? null : At(toldInOrder, 0.5), toldInOrder.Length == 0 ? null : At(toldInOrder, 0.95));
    }

    // Nearest rank: a delay that really was.
    private static TimeSpan At(TimeSpan[] inOrder, double share) => inOrder[Math.Max(0, (int)Math.Ceiling(inOrder.Length * share) - 1)];
}

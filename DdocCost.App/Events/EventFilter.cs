using DdocCost.Domain.Scoring;

namespace DdocCost.App.Events;

/// <summary>Which events are listed; all of it is in the address.</summary>
/// <param name="Account">Of that account only, or null.</param>
/// <param name="Service">Of that service only, or null.</param>
/// <param name="Actor">By that actor id only, or null.</param>
/// <param name="Show">One of <see cref="Shows"/>.</param>
/// <param name="Page">From 1.</param>
public sealed record EventFilter(string? Account, string? Service, string? Actor, string Show, int Page)
{
    /// <summary>Choices; the first is the default.</summary>
    public static IReadOnlyList<string> Shows { get; } = ["all", "alerted", "quiet", "unpriced", "refused"];

    /// <summary>From the address; what is not understood is left out.</summary>
    public static EventFilter Of(string? account, string? service, string? actor, string? show, int? page) =>
        new(Given(account), Given(service), Given(actor), Shows.Contains(show) ? show! : Shows[0], page ?? 1);

    /// <summary>Shows all there is.</summary>
    public bool IsEmpty => this with { Page = 1 } == new EventFilter(null, null, null, Shows[0], 1);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

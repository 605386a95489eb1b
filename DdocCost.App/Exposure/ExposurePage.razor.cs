using DdocCost.App.Overview;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Exposure;

/// <summary>What runs now, filtered and sorted by what the address says.</summary>
public sealed partial class ExposurePage
{
    [SupplyParameterFromQuery] private string? Account { get; set; }

    [SupplyParameterFromQuery] private string? Region { get; set; }

    [SupplyParameterFromQuery] private string? Tag { get; set; }

    [SupplyParameterFromQuery(Name = "period")] private string? PeriodKey { get; set; }

    [SupplyParameterFromQuery] private string? Service { get; set; }

    [SupplyParameterFromQuery] private string? Actor { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "sort")] private string? Order { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? Number { get; set; }

    [Inject] private ExposureReader Reader { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private ExposureFilter Filter => ExposureFilter.Of(Account, Region, Service, Actor, Tag, Text, Order, Number);

    private OverviewPeriod Period => OverviewPeriod.Of(PeriodKey);

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(3); // rows that jump under the pointer help nobody

    /// <inheritdoc />
    protected override Task<ExposureView> ReadAsync(CancellationToken cancellationToken) => Reader.ReadAsync(Sight, Filter, Period, cancellationToken);

    private string Sort(string sort) => With("sort", sort == ExposureFilter.Sorts[0] ? null : sort);

    /// <summary>What is shown, all of it, as a file.</summary>
    private string Export(string format) => "/exposure/export" + new Uri(Address.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["format"] = format, ["page"] = null, ["period"] = null,
    })).Query;

    private string? Sorted(string sort) => Filter.Sort == sort ? "true" : null;

    private string With(string name, string? value) =>
        Address.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = value, ["page"] = null });

    private void Go(string name, object? value) => Address.NavigateTo(With(name, value is string { Length: > 0 } text ? text : null), replace: true);
}

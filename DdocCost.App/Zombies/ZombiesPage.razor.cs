using DdocCost.App.Access;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Zombies;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Zombies;

/// <summary>What was found, filtered and sorted by what the address says; keeping many at once.</summary>
public sealed partial class ZombiesPage
{
    private readonly HashSet<string> _chosen = [];
    private string? _said;
    private bool _saidBad;

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery] private string? Account { get; set; }

    [SupplyParameterFromQuery] private string? Service { get; set; }

    [SupplyParameterFromQuery] private string? Creator { get; set; }

    [SupplyParameterFromQuery] private string? Rule { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }

    [SupplyParameterFromQuery] private bool? Small { get; set; }

    [SupplyParameterFromQuery(Name = "sort")] private string? Order { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? Number { get; set; }

    [Inject] private ZombieReader Reader { get; set; } = default!;

    [Inject] private ZombieDesk Desk { get; set; } = default!;

    [Inject] private HuntDesk Hunts { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private ZombieFilter Filter => ZombieFilter.Of(State, Account, Service, Creator, Rule, Text, Small, Order, Number);

    private bool MayRespond => Roles.MayRespond(User);

    private bool AllChosen => Data?.Findings.Items.All(finding => _chosen.Contains(finding.Id)) == true;

    private string Export => "/zombies/export" + new Uri(Address.Uri).Query;

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override bool Matters(LiveUpdate update) => update.IsHunt;

    /// <inheritdoc />
    protected override Task<ZombieListView> ReadAsync(CancellationToken cancellationToken) => Reader.ReadAsync(Sight, Filter, cancellationToken);

    private int CountOf(FindingState state) => Data?.Totals.GetValueOrDefault(state).Count ?? 0;

    private decimal SumOf(FindingState state) => Data?.Totals.GetValueOrDefault(state).UsdPerMonth ?? 0;

    private void Choose(string id, bool chosen) => _ = chosen ? _chosen.Add(id) : _chosen.Remove(id);

    private void ChooseAll(bool chosen)
    {
        foreach (var finding in Data?.Findings.Items ?? [])
        {
            Choose(finding.Id, chosen);
        }
    }

    private async Task KeepAsync((string Reason, DateTimeOffset Until) wish)
    {
        try
        {
            var kept = await Desk.KeepAsync(Sight, _chosen, wish.Reason, wish.Until, User.Identity?.Name ?? "", Closed);
            (_said, _saidBad) = ($"{kept} kept until {wish.Until:yyyy-MM-dd}.", false);
            _chosen.Clear();
            await ReadAgainAsync();
        }
        catch (ArgumentException wrong)
        {
            (_said, _saidBad) = (wrong.Message, true);
        }
    }

    private async Task ScanAllAsync()
    {
        foreach (var account in Data?.Connected ?? [])
        {
            await Hunts.AskAsync(Sight, account.Id, HuntScope.All, User.Identity?.Name ?? "", Closed);
        }

        (_said, _saidBad) = ("The scan is on its way.", false);
        await ReadAgainAsync();
    }

    private string With(string name, string? value) =>
        Address.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = value, ["page"] = null });

    private void Go(string name, object? value) => Address.NavigateTo(With(name, value is string { Length: > 0 } text ? text : null), replace: true);
}

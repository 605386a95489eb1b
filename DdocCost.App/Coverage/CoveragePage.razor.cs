using DdocCost.App.Access;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Refresh;
using DdocCost.Jobs;
using DdocCost.Jobs.Prices;
using Hangfire;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Coverage;

/// <summary>What is priced, what is not, how old the prices are, and how they are renewed.</summary>
public sealed partial class CoveragePage
{
    private readonly HashSet<Guid> _open = [];
    private string? _said;

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }

    [Inject] private CoverageReader Reader { get; set; } = default!;

    [Inject] private PriceStore Store { get; set; } = default!;

    [Inject] private IBackgroundJobClient Jobs { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    // Prices are those of the whole installation.
    private bool MayManage => Roles.MayOperate(User);

    private IEnumerable<ServiceCoverage> Shown => Data!.Services.Where(service => string.IsNullOrWhiteSpace(Text)
        || service.Service.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)
        || service.Calls.Any(group => group.Calls.Any(call => call.Name.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase))));

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override Task<CoverageView> ReadAsync(CancellationToken cancellationToken) => Reader.ReadAsync(Sight, cancellationToken);

    /// <summary>Looks again every second while a refresh runs, which tells nobody over the feed.</summary>
    protected override void OnRead(CoverageView? before, CoverageView now)
    {
        if (now.Refresh.Running is not null)
        {
            _ = LookAgainAsync();
        }
    }

    private async Task LookAgainAsync()
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(1), Time, Closed);
            await InvokeAsync(async () =>
            {
                await ReadAgainAsync();
                StateHasChanged();
            });
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
    }

    private async Task RefreshNowAsync()
    {
        if (!MayManage)
        {
            return;
        }

        Jobs.Enqueue<RefreshPricesJob>(JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None));
        _said = "Asked for. It begins as soon as a job server is free.";
        await Task.Delay(TimeSpan.FromSeconds(2), Time, Closed);
        await ReadAgainAsync();
    }

    private async Task UseAsync(long version)
    {
        if (!MayManage)
        {
            return;
        }

        _said = await Store.UseAsync(version, User.Identity?.Name ?? "somebody", Closed)
            ? version == 0 ? "The embedded prices are used from the next event on." : $"Version {version} is used from the next event on."
            : $"The prices of version {version} are not kept any more.";
        await ReadAgainAsync();
    }

    private void Toggle(Guid key)
    {
        if (!_open.Remove(key))
        {
            _open.Add(key);
        }
    }

    private void Search(object? text) =>
        Address.NavigateTo(Address.GetUriWithQueryParameter("q", text is string { Length: > 0 } words ? words : null), replace: true);

    private static string Named(PriceBasis basis) => basis switch
    {
        PriceBasis.List => "list price",
        PriceBasis.Once => "paid at once",
        PriceBasis.Owner => "as what it owns",
        PriceBasis.Use => "by use, not in CloudTrail",
        PriceBasis.Unknown => "no list price known",
        _ => "describes",
    };
}

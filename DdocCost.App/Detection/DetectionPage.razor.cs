using DdocCost.App.Access;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Backtest;
using DdocCost.Domain.Tuning;
using DdocCost.Jobs.Backtest;
using DdocCost.Jobs.Live;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Detection;

/// <summary>What is normal here, how readily somebody is interrupted, what is expected, and what other settings would have told.</summary>
public sealed partial class DetectionPage
{
    private static readonly (DetectionTab Tab, string Name)[] Tabs =
        [(DetectionTab.Normal, "What is normal"), (DetectionTab.Sensitivity, "Sensitivity"), (DetectionTab.Expected, "Expected"), (DetectionTab.Backtest, "Backtest")];

    private IReadOnlyList<SensitivityRule>? _draft;
    private DetectionSettings _draftOf = DetectionSettings.None;
    private string? _problem;
    private string? _done;
    private bool _busy;

    [SupplyParameterFromQuery] private string? Tab { get; set; }

    [SupplyParameterFromQuery] private string? Account { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? Number { get; set; }

    [SupplyParameterFromQuery] private string? Run { get; set; }

    [Inject] private DetectionReader Reader { get; set; } = default!;

    [Inject] private SettingsDesk Settings { get; set; } = default!;

    [Inject] private BacktestDesk Backtests { get; set; } = default!;

    [Inject] private CaseDesk Cases { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private DetectionFilter Filter => DetectionFilter.Of(Tab, Account, Text, Number, Run);

    /// <summary>The rules as the person has them before them; those that hold until something is changed.</summary>
    private IReadOnlyList<SensitivityRule> Draft => _draft ?? Data?.Settings.Rules ?? [];

    private BacktestRun? SelectedRun => Data is { Runs: { Count: > 0 } runs } ? runs.FirstOrDefault(run => run.Id == Filter.Run) ?? runs[0] : null;

    private bool MayAdminister => User.IsInRole(nameof(AccessRole.Administrator));

    // A run is about all accounts.
    private bool MayTry => Roles.MayRespond(User) && Sight.SeesAll;

    private string By => User.Identity?.Name ?? "unknown";

    private string Lead => Filter.Tab switch
    {
        DetectionTab.Sensitivity => "How much money matters, and how certain it must be before somebody is interrupted. It holds from the next event on.",
        DetectionTab.Expected => "What people said is as it should be. It is recorded and shown, and not alerted up to the stated sum.",
        DetectionTab.Backtest => "Your own history with other settings, beside those that hold: what would have fired.",
        _ => "What the detector has learned of each account and resource type, and how sure it is.",
    };

    /// <inheritdoc />
    protected override Task<DetectionView> ReadAsync(CancellationToken cancellationToken) => Reader.ReadAsync(Sight, Filter, cancellationToken);

    // Baselines move with every event; a form is not to be drawn anew under somebody's hands for that.
    /// <inheritdoc />
    protected override bool Matters(LiveUpdate update) => Filter.Tab == DetectionTab.Normal || (Filter.Tab == DetectionTab.Expected && update.Cases.Count > 0);

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override void OnRead(DetectionView? before, DetectionView now)
    {
        if (_draft is null || _draft.SequenceEqual(now.Settings.Rules))
        {
            (_draft, _draftOf) = (null, now.Settings);
        }

        if (Filter.Tab == DetectionTab.Backtest && now.Runs.Any(run => !run.IsOver))
        {
            _ = WatchAsync();
        }
    }

    private async Task WatchAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1), Time, Closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!Closed.IsCancellationRequested)
        {
            await InvokeAsync(async () =>
            {
                await ReadAgainAsync();
                StateHasChanged();
            });
        }
    }

    private void Change(IReadOnlyList<SensitivityRule> rules) => (_draft, _done, _problem) = (rules, null, null);

    private Task SaveAsync() => DoAsync(MayAdminister, async () =>
    {
        _problem = await Settings.SaveAsync(Tenant, _draftOf, Draft, By, Mouth.Page, Closed);
        if (_problem is null)
        {
            (_draft, _done) = (null, "Saved. It holds from the next event on.");
        }
    });

    private Task ApplyAsync(BacktestRun run) => DoAsync(MayAdminister, async () =>
    {
        _problem = await Settings.SaveAsync(Tenant, Data!.Settings, run.Tried, By, Mouth.Page, Closed);
        (_draft, _done) = (null, _problem is null ? "These settings hold from the next event on." : null);
    });

    private Task TryAsync(int days) => DoAsync(MayTry, async () =>
    {
        (var run, _problem) = await Backtests.AskAsync(Tenant, Draft, TimeSpan.FromDays(days), By, Closed);
        if (run is not null)
        {
            Address.NavigateTo($"/detection?tab=backtest&run={run}");
        }
    });

    private Task StopAsync(BacktestRun run) => DoAsync(MayTry, () => Backtests.StopAsync(Tenant, run.Id, By, Closed));

    private Task StartAgain(BacktestRun run) => DoAsync(MayTry, () =>
    {
        Backtests.Start(Tenant, run.Id);
        return Task.CompletedTask;
    });

    private Task ForgetAsync(StandingExpectation expectation) => DoAsync(Roles.MayRespond(User), async () =>
    {
        await Cases.ExpectNoMoreAsync(Tenant, expectation.Id, By, Mouth.Page, Closed);
        _done = "It is not expected any more.";
    });

    private async Task DoAsync(bool may, Func<Task> act)
    {
        // The buttons are hidden from those who may not, but a circuit takes messages from anybody who is signed in.
        if (!may || _busy)
        {
            return;
        }

        (_busy, _problem, _done) = (true, null, null);
        try
        {
            await act();
            await ReadAgainAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private void Go(string name, object? value) => Address.NavigateTo(
        Address.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = value is string { Length: > 0 } text ? text : null, ["page"] = null }), replace: true);
}

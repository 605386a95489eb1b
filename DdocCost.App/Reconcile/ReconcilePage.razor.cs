using System.Globalization;
using DdocCost.App.Access;
using DdocCost.App.Shell;
using DdocCost.Domain.Reconcile;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Reconcile;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.App.Reconcile;

/// <summary>Bills beside estimates: what is shown is in the address; administrators import.</summary>
public sealed partial class ReconcilePage
{
    private const int MostFiles = 500;
    private const long LargestFile = 8L << 30;
    private string? _said, _progress;
    private string _account = "", _address = "", _month = "";
    private bool _isBad;
    private int _percent;

    [SupplyParameterFromQuery] private string? Month { get; set; }

    [SupplyParameterFromQuery] private string? Service { get; set; }

    [SupplyParameterFromQuery] private bool Net { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? Number { get; set; }

    [Inject] private ReconcileReader Reader { get; set; } = default!;

    [Inject] private AwsAnomalyReader Watcher { get; set; } = default!;

    [Inject] private BillImport Import { get; set; } = default!;

    [Inject] private BillBucket Bucket { get; set; } = default!;

    [Inject] private CostExplorerBill Explorer { get; set; } = default!;

    [Inject] private IOptions<ReconcileOptions> Asks { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private bool MayImport => Roles.MayAdminister(User) && Sight.SeesAll;

    /// <inheritdoc />
    protected override bool Matters(LiveUpdate update) => false; // a bill changes when somebody imports one

    /// <inheritdoc />
    protected override async Task<ReconcilePageView> ReadAsync(CancellationToken cancellationToken)
    {
        var view = await Reader.ReadAsync(Sight, ReconcileReader.Month(Month), cancellationToken);
        var resources = view.Period is { } period && Service is { Length: > 0 and <= 100 } service
            ? Page.Of(await Reader.ResourcesAsync(Sight, period, service, Number ?? 1, cancellationToken), Number ?? 1) : null;
        return new(view, resources, await Watcher.ReadAsync(Sight, cancellationToken), MayImport ? await Reader.AccountsAsync(Sight, cancellationToken) : []);
    }

    private async Task ImportAsync(InputFileChangeEventArgs chosen)
    {
        if (!MayImport || _progress is not null)
            return;
        if (chosen.FileCount > MostFiles)
        {
            Say($"At most {MostFiles} files at once.", isBad: true);
            return;
        }

        (_said, _progress, _percent) = (null, "Reading…", 0);
        var files = chosen.GetMultipleFiles(MostFiles).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        var open = new List<Stream>();
        var progress = new Progress<BillTally>(tally => Show(tally, open, files.Sum(file => file.Size)));
        try
        {
            var (tenant, who) = (Tenant, User.Identity?.Name ?? "unknown");
            await TakeAsync(() => Import.RunAsync(tenant, [.. files.Select(file => new BillPart(file.Name, _ => Task.FromResult(Opened(file, open))))], who, progress, Closed));
        }
        finally
        {
            _progress = null;
        }
    }

    private async Task FetchAsync(bool fromExplorer)
    {
        if (!MayImport || _progress is not null || Data?.Accounts.FirstOrDefault(account => account.AccountId == _account) is not { } account)
            return;
        var month = ReconcileReader.Month(_month);
        if (_month.Length > 0 && month is null)
        {
            Say($"'{_month}' is no month; write it as 2026-10.", isBad: true);
            return;
        }

        (_said, _progress, _percent) = (null, fromExplorer ? "Asking Cost Explorer…" : "Looking into the bucket…", 0);
        var progress = new Progress<BillTally>(tally =>
        {
            if (_progress is not null && !Closed.IsCancellationRequested)
                (_progress, _percent) = ($"{Usd.Count(tally.Lines)} lines", 50);
            StateHasChanged();
        });
        var (tenant, who, today) = (Tenant, User.Identity?.Name ?? "unknown", Time.GetUtcNow());
        try
        {
            await TakeAsync(() => fromExplorer
                ? Explorer.ImportAsync(tenant, account, month ?? new DateOnly(today.Year, today.Month, 1).AddMonths(-1), who, Closed)
                : Bucket.ImportAsync(tenant, account, _address.Trim(), month, who, progress, Closed));
        }
        finally
        {
            _progress = null;
        }
    }

    private async Task TakeAsync(Func<Task<BillOutcome>> import)
    {
        try
        {
            // Not on the page's own thread: reading and parsing take long, and the page is to stay alive.
            var outcome = await Task.Run(import);
            _progress = null;
            Say(Told(outcome), isBad: false);
            await ReadAgainAsync();
        }
        catch (BillUnreadableException problem)
        {
            Say(problem.Message, isBad: true);
        }
        catch (Exception problem) when (problem is IOException or NpgsqlException or InvalidDataException)
        {
            Say("The import broke off and nothing of it was kept: " + problem.Message, isBad: true);
        }
    }

    private Stream Opened(IBrowserFile file, List<Stream> open)
    {
        var stream = file.OpenReadStream(LargestFile, Closed);
        lock (open)
            open.Add(stream);
        return stream;
    }

    private void Show(BillTally tally, List<Stream> open, long size)
    {
        if (_progress is null || Closed.IsCancellationRequested)
            return;
        lock (open)
            _percent = (int)(100 * open.Sum(stream => stream.Position) / Math.Max(1, size));
        _progress = _percent >= 100 ? "Comparing with our estimates…" : $"{Usd.Count(tally.Lines)} lines, {_percent} %";
        StateHasChanged();
    }

    private void Say(string what, bool isBad) => (_said, _isBad) = (what, isBad);

    private static string Told(BillOutcome outcome) => outcome.IsKnown
        ? "These very files are imported already; nothing changed."
        : $"{Usd.Count(outcome.Tally.Lines)} lines of {string.Join(", ", outcome.Periods.Select(Key))} imported{(outcome.Tally.Refused == 0 ? "." : $"; {Usd.Count(outcome.Tally.Refused)} lines were malformed and are left out, see below.")}";

    private decimal Estimate(ServiceComparison one) => Net ? one.NetUsd ?? one.EstimatedUsd : one.EstimatedUsd;

    private static string Signed(decimal usd) => usd > 0 ? "+" + Usd.Format(usd) : Usd.Format(usd);

    private static string Percent(decimal estimate, decimal billed) => billed <= 0 ? "–" : ((double)((estimate - billed) / billed)).ToString("+0.0 %;−0.0 %;0 %", CultureInfo.InvariantCulture);

    private static string Ratio(DiscountFactor factor) =>
        factor.Factor.ToString("0.00", CultureInfo.InvariantCulture) + (factor.Error is { } error ? " ± " + error.ToString("0.00", CultureInfo.InvariantCulture) : "");

    private static string Sure(DiscountFactor factor) =>
        $"{factor.Sureness switch { FactorSureness.High => "sure", FactorSureness.Medium => "fairly sure", _ => "not sure" }}: {Usd.Count(factor.Resources)} {(factor.Resources == 1 ? "resource" : "resources")}";

    private static string Lead(ToldFirst first) => first switch
    {
        { Who: FirstTeller.OnlyAws } => "only AWS",
        { Who: FirstTeller.Us } => $"we did, {Hours(first)}",
        { Who: FirstTeller.Aws } => $"AWS did, {Hours(first)}",
        _ => "not known: both between two questions",
    };

    private static string Hours(ToldFirst first) => first.AtLeastHours is { } least && first.AtMostHours is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"by {least:0.#} h at least, {most:0.#} h at most") : "";

    private static string Key(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private string With(string name, string? value) => Address.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = value, ["page"] = null });

    private void Go(string name, object? value) => Address.NavigateTo(With(name, value as string), replace: true);
}

/// <summary>What the page shows.</summary>
/// <param name="View">The month.</param>
/// <param name="Resources">Of the service that is open, or null.</param>
/// <param name="Aws">What AWS's own watcher told, beside our cases.</param>
/// <param name="Accounts">Connected accounts that may be asked for a bill; empty for who may not import.</param>
public sealed record ReconcilePageView(ReconcileView View, Page<ResourceComparison>? Resources, IReadOnlyList<AnomalyBesides> Aws, IReadOnlyList<ConnectedAccount> Accounts);

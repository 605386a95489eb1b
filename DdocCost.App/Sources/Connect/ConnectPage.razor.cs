using DdocCost.App.Access;
using DdocCost.App.Shell;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Polling;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;

namespace DdocCost.App.Sources.Connect;

/// <summary>Leads somebody from an account number to the first priced resource. The step is in the address, the draft in the browser, sealed and without secrets.</summary>
public sealed partial class ConnectPage
{
    private const int LiveAt = 5;
    private static readonly string[] Titles = ["Account", "Events", "Permissions", "Test", "Live"];

    private ConnectDraft _draft = new();
    private string? _secret;
    private int _step = 1;
    private bool _loaded;
    private bool _busy;
    private bool _isMoved;
    private IReadOnlyList<string> _problems = [];
    private IReadOnlyList<ConnectionCheck>? _checks;
    private ElementReference _heading;
    private ITimer? _timer;

    /// <summary>The step, from 1; one that is not reached yet leads to the last that is.</summary>
    [SupplyParameterFromQuery]
    public int? Step { get; set; }

    [Inject] private FirstEventReader Reader { get; set; } = default!;

    [Inject] private AccountDesk Desk { get; set; } = default!;

    [Inject] private ConnectionTest Connection { get; set; } = default!;

    [Inject] private ICircuitBreakers Breakers { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private ProtectedLocalStorage Browser { get; set; } = default!;

    private bool Works => _checks is { Count: > 0 } checks && checks.All(check => check.Problem is null);

    private string DraftName => $"connect/{Tenant}/{User.Identity?.Name}";

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        if (Data is null)
        {
            return;
        }

        var step = Math.Clamp(Step ?? 1, 1, Reached());
        if (step != _step)
        {
            (_step, _problems, _checks, _isMoved) = (step, [], null, true);
        }

        _timer ??= Time.CreateTimer(_ => _ = InvokeAsync(WatchAsync), null, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3));
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isMoved && _heading.Context is not null)
        {
            _isMoved = false;
            await _heading.FocusAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task<ConnectView> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_loaded)
        {
            _draft = await StoredDraftAsync() ?? _draft;
            _loaded = true;
        }

        return await Reader.ReadAsync(Sight, _draft.ConnectedAt is null && !_draft.Chosen().IsPushed ? "" : _draft.AccountId.Trim(), _draft.OrganizationId.Trim().Length > 0, cancellationToken);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _timer?.Dispose();
        base.Dispose(disposing);
    }

    private static string AddressOf(int step) => $"/accounts/connect?step={step}";

    // How far a source is, is told by no event: while somebody watches, it is looked up.
    private async Task WatchAsync()
    {
        if (_step == LiveAt && !Closed.IsCancellationRequested)
        {
            try
            {
                await ReadAgainAsync();
                StateHasChanged();
            }
            catch (OperationCanceledException)
            {
                // The page was closed meanwhile.
            }
        }
    }

    private int Reached() =>
        _draft.ConnectedAt is not null ? LiveAt
        : _draft.AccountProblems().Count > 0 || IsConnectedAlready() ? 1
        : _draft.WayProblems().Count > 0 ? 2
        : _draft.Chosen().IsPushed ? LiveAt : 4;

    private bool IsConnectedAlready() => _draft.ConnectedAt is null && !_draft.Chosen().IsPushed && Data!.Find(_draft.AccountId) is not null;

    private async Task NextAsync()
    {
        if (_busy || !Roles.MayAdminister(User))
        {
            return;
        }

        _problems = _step switch
        {
            1 => [.. _draft.AccountProblems(), .. IsConnectedAlready() ? (string[])[$"Account: {_draft.AccountId.Trim()} is connected already; change it on the page Accounts."] : []],
            2 => _draft.WayProblems(),
            4 when !_draft.Chosen().IsPushed => await ConnectAsync(),
            _ => [],
        };
        if (_problems.Count == 0)
        {
            await KeepDraftAsync();
            Navigation.NavigateTo(AddressOf(_step + 1));
        }
    }

    private async Task TestAsync()
    {
        if (_busy || !Roles.MayAdminister(User))
        {
            return;
        }

        await KeepDraftAsync();
        (_checks, _busy) = (null, true);
        try
        {
            var account = Candidate();
            _problems = [.. KeyProblems(), .. ConnectedAccountRules.Problems(account)];
            if (_problems.Count == 0)
            {
                await Breakers.ResetAsync(AwsClients.BreakerOf(Tenant, account), Closed); // who asks wants to know how it is now
                _checks = await Connection.RunAsync(Tenant, account, Closed);
            }
        }
        catch (PanicException panic)
        {
            _checks = [new ConnectionCheck("Call AWS", panic.Message, Policy: null)];
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<IReadOnlyList<string>> ConnectAsync()
    {
        if (KeyProblems() is { Count: > 0 } problems)
        {
            return problems;
        }

        var candidate = Candidate();
        var outcome = _draft.ConnectedAt is null
            ? await Desk.ConnectAsync(Tenant, candidate, User.Identity?.Name ?? "", Closed)
            : await Desk.ChangeAsync(Tenant, candidate.Id, account => account with { Access = candidate.Access, Sources = candidate.Sources }, User.Identity?.Name ?? "", "account.change", Closed);
        if (outcome.Account is { } connected)
        {
            (_draft.ConnectedAt, _secret) = (connected.ConnectedAt, null);
            await ReadAgainAsync();
        }

        return outcome.Problems;
    }

    private ConnectedAccount Candidate() => _draft.Account(_draft.Credential == Credential.Key ? Desk.Seal(_draft.AccessKeyId, _secret ?? "") : null);

    private IReadOnlyList<string> KeyProblems() => _draft.Credential == Credential.Key && string.IsNullOrWhiteSpace(_secret) ? ["Secret access key: enter it; it is not kept in a draft."] : [];

    private async Task StartOverAsync()
    {
        (_draft, _secret, _problems, _checks) = (new ConnectDraft(), null, [], null);
        await Browser.DeleteAsync(DraftName);
        Navigation.NavigateTo(AddressOf(1));
    }

    private async Task KeepDraftAsync() => await Browser.SetAsync(DraftName, _draft);

    private async Task<ConnectDraft?> StoredDraftAsync()
    {
        try
        {
            return (await Browser.GetAsync<ConnectDraft>(DraftName)).Value;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null; // sealed with keys that are gone
        }
    }
}

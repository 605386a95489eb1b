using System.Security.Claims;
using DdocCost.App.Access;
using DdocCost.App.Live;
using DdocCost.Jobs.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace DdocCost.App.Shell;

/// <summary>
/// A page that reads its data when the address changes and again when something happened. Until the first answer it shows its skeleton;
/// the first, static drawing of a page reads nothing, so no query runs twice.
/// </summary>
/// <typeparam name="TData">What the page shows, read in one go.</typeparam>
public abstract class LivePage<TData> : ComponentBase, IDisposable
    where TData : class
{
    private readonly CancellationTokenSource _closed = new();
    private LiveRefresh? _refresh;
    private int _reads;

    /// <summary>Starts with nothing read.</summary>
    protected LivePage() => Closed = _closed.Token;

    [Inject] private AuthenticationStateProvider Authentication { get; set; } = default!;

    [Inject] private LiveFeed Feed { get; set; } = default!;

    [Inject] private ILoggerFactory Logs { get; set; } = default!;

    /// <summary>Clock.</summary>
    [Inject] protected TimeProvider Time { get; set; } = default!;

    /// <summary>What is shown; null until it was read.</summary>
    protected TData? Data { get; private set; }

    /// <summary>The latest refresh failed; what is shown may be old.</summary>
    protected bool IsStale { get; private set; }

    /// <summary>Who looks.</summary>
    protected ClaimsPrincipal User { get; private set; } = new();

    /// <summary>Whose data.</summary>
    protected string Tenant { get; private set; } = "";

    /// <summary>What of it the person sees.</summary>
    protected Sight Sight { get; private set; }

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Closed { get; }

    /// <summary>Shortest time between two refreshes.</summary>
    protected virtual TimeSpan RefreshInterval => TimeSpan.FromSeconds(1);

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task<TData> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Whether an update touches what the page shows.</summary>
    protected virtual bool Matters(LiveUpdate update) => true;

    /// <summary>Called before new data is shown.</summary>
    protected virtual void OnRead(TData? before, TData now)
    {
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        if (Tenant.Length == 0)
        {
            User = (await Authentication.GetAuthenticationStateAsync()).User;
            Tenant = Roles.TenantOf(User);
            Sight = Roles.SightOf(User);
        }

        await ReadLatestAsync();
        if (!Closed.IsCancellationRequested)
        {
            _refresh ??= new LiveRefresh(Feed, Tenant, () => InvokeAsync(RefreshAsync), Time, RefreshInterval, Matters);
        }
    }

    /// <summary>Reads again at once, after the person changed something.</summary>
    protected Task ReadAgainAsync() => ReadLatestAsync();

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends reads and subscription.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _refresh?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }

    private async Task RefreshAsync()
    {
        if (Closed.IsCancellationRequested)
        {
            return;
        }

        ReadersNumbers.Use(User); // this comes from the live feed, not from the person's browser
        try
        {
            await ReadLatestAsync();
            IsStale = false;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            // Whatever it was, the page keeps what it has and tries again with the next update.
            LiveLog.NotRefreshed(Logs.CreateLogger(GetType()), e);
            IsStale = true;
        }

        StateHasChanged();
    }

    // Two reads may overlap (a filter changed while a refresh ran): the one asked for last wins.
    private async Task ReadLatestAsync()
    {
        var mine = ++_reads;
        var read = await ReadAsync(Closed);
        if (mine == _reads)
        {
            OnRead(Data, read);
            Data = read;
        }
    }
}

using DdocCost.App.Access;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Polling;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Sources;

/// <summary>The accounts and their sources: how they do, and for administrators everything that can be changed about them.</summary>
public sealed partial class AccountsPage
{
    private readonly Dictionary<string, IReadOnlyList<ConnectionCheck>> _tests = [];
    private IReadOnlyDictionary<string, BreakerState> _breakers = new Dictionary<string, BreakerState>();
    private AccountEntry? _entry;
    private ConnectedAccount? _edited;
    private ConnectedAccount? _sourceOf;
    private string? _removing;
    private bool _busy;
    private IReadOnlyList<string> _problems = [];

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }

    [Inject] private NavigationManager Address { get; set; } = default!;

    [Inject] private AccountReader Reader { get; set; } = default!;

    [Inject] private AccountDesk Desk { get; set; } = default!;

    [Inject] private ConnectionTest Connection { get; set; } = default!;

    [Inject] private ICircuitBreakers Breakers { get; set; } = default!;

    private IEnumerable<AccountRow> Shown => Data!.Accounts.Where(row => string.IsNullOrWhiteSpace(Text) || Words(row.Account).Any(word => word.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)));

    private bool MayChange => Roles.MayAdminister(User);

    private string Me => User.Identity?.Name ?? "";

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(3);

    /// <inheritdoc />
    protected override async Task<AccountsView> ReadAsync(CancellationToken cancellationToken)
    {
        _breakers = (await Breakers.ListAsync(cancellationToken)).ToDictionary(breaker => breaker.Name);
        return await Reader.ReadAsync(Sight, cancellationToken);
    }

    private BreakerState? BreakerOf(ConnectedAccount account) => _breakers.GetValueOrDefault(AwsClients.BreakerOf(Tenant, account));

    /// <summary>What stays behind in AWS when a source is removed.</summary>
    private static string Leftovers(TrailSource source) => source switch
    {
        TrailSource.EventQueue queue => $"the EventBridge rules that send to {queue.QueueUrl.Split('/')[^1]}, the queue and its dead-letter queue",
        TrailSource.BucketNotifications queue => $"the bucket's notification to {queue.QueueUrl.Split('/')[^1]}, the queue and its dead-letter queue",
        TrailSource.TrailBucket bucket => $"our permission to read {bucket.Bucket}",
        _ => "our permission cloudtrail:LookupEvents",
    };

    private static string Leftovers(ConnectedAccount account) =>
        account.Access.Roles is [.., var role] ? $"the role {role.Arn}" : account.Access.AccessKeys is [var key, ..] ? $"the access key {key.AccessKeyId}" : "our permissions in it";

    private static IEnumerable<string> Words(ConnectedAccount account) =>
        [account.Name, account.AccountId, account.Owner, account.Group, .. account.Tags.Select(tag => $"{tag.Key}={tag.Value}")];

    private void Go(object? text) => Address.NavigateTo(Address.GetUriWithQueryParameter("q", text is string { Length: > 0 } wanted ? wanted : null), replace: true);

    private void Add() => (_entry, _edited, _sourceOf, _problems) = (new AccountEntry(), null, null, []);

    private void Edit(ConnectedAccount account) => (_entry, _edited, _sourceOf, _problems) = (AccountEntry.Of(account), account, null, []);

    private void AddSource(ConnectedAccount account) => (_entry, _edited, _sourceOf, _problems) = (null, null, account, []);

    private void Cancel() => (_entry, _edited, _sourceOf, _problems) = (null, null, null, []);

    private Task SaveAsync(AccountEntry entry) => ChangeAsync(() => _edited is { } edited
        ? Desk.ChangeAsync(Tenant, edited.Id, account => entry.ApplyTo(account, Desk.Seal), Me, "account.change", Closed)
        : Desk.ConnectAsync(Tenant, entry.ApplyTo(new ConnectedAccount { Id = "", AccountId = "", Name = "", Regions = [], ConnectedAt = default }, Desk.Seal), Me, Closed));

    private Task AddSourceAsync(TrailSource source) => ChangeAsync(() => Desk.ChangeAsync(
        Tenant, _sourceOf!.Id, account => account with { Sources = [.. account.Sources, source] }, Me, "source.add", Closed));

    private Task PauseAsync(ConnectedAccount account, TrailSource source) => ChangeAsync(() => Desk.ChangeAsync(
        Tenant, account.Id, one => one.With(source with { IsPaused = !source.IsPaused }), Me, source.IsPaused ? "source.resume" : "source.pause", Closed));

    private Task RemoveSourceAsync(ConnectedAccount account, TrailSource source) => ChangeAsync(() => Desk.ChangeAsync(
        Tenant, account.Id, one => one with { Sources = [.. one.Sources.Where(other => other.Id != source.Id)] }, Me, "source.remove", Closed));

    private Task DisconnectAsync(ConnectedAccount account) => ChangeAsync(async () =>
    {
        await Desk.DisconnectAsync(Tenant, account.Id, Me, Closed);
        return new AccountOutcome(account);
    });

    private Task TryNowAsync(ConnectedAccount account) => ChangeAsync(async () =>
    {
        await Breakers.ResetAsync(AwsClients.BreakerOf(Tenant, account), Closed);
        return new AccountOutcome(account);
    });

    private Task TestAsync(ConnectedAccount account) => ChangeAsync(async () =>
    {
        await Breakers.ResetAsync(AwsClients.BreakerOf(Tenant, account), Closed); // who asks wants to know how it is now
        try
        {
            _tests[account.Id] = await Connection.RunAsync(Tenant, account, Closed);
        }
        catch (PanicException panic)
        {
            _tests[account.Id] = [new ConnectionCheck("Call AWS", panic.Message, Policy: null)];
        }

        return new AccountOutcome(account);
    });

    private async Task ChangeAsync(Func<Task<AccountOutcome>> change)
    {
        if (!MayChange || _busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _problems = (await change()).Problems;
            if (_problems.Count == 0)
            {
                (_entry, _edited, _sourceOf, _removing) = (null, null, null, null);
            }

            await ReadAgainAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}

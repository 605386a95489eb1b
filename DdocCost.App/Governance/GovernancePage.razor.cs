using DdocCost.App.Access;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using Marten;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Governance;

/// <summary>Panic mode, breakers and flags, for administrators.</summary>
public sealed partial class GovernancePage
{
    private bool _busy;
    private string _reason = "";

    [Inject] private IPanicSwitch Panic { get; set; } = default!;

    [Inject] private ICircuitBreakers Breakers { get; set; } = default!;

    [Inject] private IFeatureFlags Flags { get; set; } = default!;

    [Inject] private GovernanceDesk Desk { get; set; } = default!;

    [Inject] private IDocumentStore Store { get; set; } = default!;

    private string Me => User.Identity?.Name ?? "";

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task<GovernanceView> ReadAsync(CancellationToken cancellationToken)
    {
        await using var session = Store.QuerySession(Tenant);
        var accounts = await session.Query<ConnectedAccount>().ToListAsync(cancellationToken);
        var channels = await session.Query<Channel>().ToListAsync(cancellationToken);
        return new GovernanceView(
            await Panic.ReadAsync(cancellationToken), [.. (await Breakers.ListAsync(cancellationToken)).Where(breaker => breaker.IsSeenBy(Tenant))], await Flags.ListAsync(cancellationToken),
            channels.Select(channel => (Name: $"channel:{Tenant}/{channel.Id}", Title: $"Channel {channel.Name}"))
                .Concat(accounts.Select(account => (Name: AwsClients.BreakerOf(Tenant, account), Title: $"Calls into {account.Name}"))).ToDictionary(one => one.Name, one => one.Title));
    }

    private Task EngageAsync() => ChangeAsync(() => Desk.EngageAsync(Tenant, _reason, Me, Closed), isValid: _reason.Trim().Length > 0);

    private Task ReleaseAsync() => ChangeAsync(() => Desk.ReleaseAsync(Tenant, Me, Closed));

    private Task ResetAsync(BreakerState breaker) => ChangeAsync(() => Desk.ResetAsync(Tenant, breaker, Me, Closed));

    private Task SetAsync(FeatureFlag flag, object? value) => Enum.TryParse<FlagMode>(value?.ToString(), out var mode)
        ? ChangeAsync(() => Desk.SetAsync(Tenant, flag, mode, Me, Closed))
        : Task.CompletedTask;

    private async Task ChangeAsync(Func<Task> change, bool isValid = true)
    {
        if (_busy || !isValid || !Roles.MayOperate(User))
        {
            return;
        }

        _busy = true;
        try
        {
            await change();
            await ReadAgainAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}

/// <summary>The page.</summary>
/// <param name="Panic">Panic switch.</param>
/// <param name="Breakers">Breakers with failures.</param>
/// <param name="Flags">Flags with modes.</param>
/// <param name="Names">Names of breakers for people, where known.</param>
public sealed record GovernanceView(
    PanicState Panic, IReadOnlyList<BreakerState> Breakers, IReadOnlyList<(FeatureFlag Flag, FlagMode Mode)> Flags, IReadOnlyDictionary<string, string> Names);

using DdocCost.App.Access;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Zombies;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Zombies;

/// <summary>Scans: asking for one, watching it, stopping it, and what each could not see.</summary>
public sealed partial class ScansPage
{
    private string _account = "", _service = "", _rule = "";
    private string? _said;

    [SupplyParameterFromQuery] private string? Account { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? Number { get; set; }

    [Inject] private ZombieReader Reader { get; set; } = default!;

    [Inject] private HuntDesk Hunts { get; set; } = default!;

    private bool MayRespond => Roles.MayRespond(User);

    private string Me => User.Identity?.Name ?? "";

    /// <inheritdoc />
    protected override bool Matters(LiveUpdate update) => update.IsHunt;

    /// <inheritdoc />
    protected override Task<ScansView> ReadAsync(CancellationToken cancellationToken) => Reader.ScansAsync(Sight, string.IsNullOrWhiteSpace(Account) ? null : Account, Number ?? 1, cancellationToken);

    private async Task AskAsync()
    {
        var scope = new HuntScope(_service.Length == 0 ? [] : [_service], _rule.Length == 0 ? [] : [_rule]);
        foreach (var account in Data!.Connected.Where(account => _account.Length == 0 || account.Id == _account))
        {
            await Hunts.AskAsync(Sight, account.Id, scope, Me, Closed);
        }

        _said = "The scan is on its way; where one runs already, that one goes on.";
        await ReadAgainAsync();
    }

    private async Task CancelAsync(string run)
    {
        await Hunts.CancelAsync(Sight, run, Me, Closed);
        _said = "It stops at its next part. What it found so far stays.";
    }
}

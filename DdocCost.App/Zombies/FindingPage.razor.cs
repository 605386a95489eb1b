using DdocCost.App.Access;
using DdocCost.Domain.Undo;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Live;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Zombies;

/// <summary>One finding: money, evidence, who made it, what to do, and keeping it.</summary>
public sealed partial class FindingPage
{
    private string? _problem;

    /// <summary>Id of the finding.</summary>
    [Parameter] public string Id { get; set; } = "";

    [Inject] private ZombieReader Reader { get; set; } = default!;

    [Inject] private ZombieDesk Desk { get; set; } = default!;

    private bool MayRespond => Roles.MayRespond(User);

    private string Me => User.Identity?.Name ?? "";

    /// <inheritdoc />
    protected override bool Matters(LiveUpdate update) => update.IsHunt;

    /// <inheritdoc />
    protected override Task<FindingLookup> ReadAsync(CancellationToken cancellationToken) => Reader.FindAsync(Sight, Uri.UnescapeDataString(Id), cancellationToken);

    private static UndoPlan Plan(ZombieFinding finding) => new(
        [.. finding.Steps.Select(step => new UndoCommand(step.Title, finding.AccountId, step.Command, step.Loses, step.IsReversible, [finding.ResourceId]))],
        finding.Steps.Count > 0 ? [] : [new UndoGap(finding.ResourceId, "its id is no text that can be put into a command safely")]);

    private async Task KeepAsync((string Reason, DateTimeOffset Until) wish)
    {
        try
        {
            _problem = null;
            await Desk.KeepAsync(Sight, [Data!.Finding!.Id], wish.Reason, wish.Until, Me, Closed);
            await ReadAgainAsync();
        }
        catch (ArgumentException wrong)
        {
            _problem = wrong.Message;
        }
    }

    private async Task ReleaseAsync()
    {
        await Desk.ReleaseAsync(Sight, Data!.Finding!.Id, Me, Closed);
        await ReadAgainAsync();
    }
}

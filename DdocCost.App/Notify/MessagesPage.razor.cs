using DdocCost.App.Access;
using DdocCost.Jobs.Notify;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Notify;

/// <summary>The messages, filtered by what the address says.</summary>
public sealed partial class MessagesPage
{
    private bool _busy;

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery] private string? Channel { get; set; }

    [SupplyParameterFromQuery] private string? Case { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? Number { get; set; }

    [Inject] private NotifyReader Reader { get; set; } = default!;

    [Inject] private MessageDesk Desk { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private MessageFilter Filter => MessageFilter.Of(State, Channel, Case, Number);

    private bool MayChange => Roles.MayAdminister(User);

    private string Me => User.Identity?.Name ?? "";

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override Task<MessagesView> ReadAsync(CancellationToken cancellationToken) => Reader.MessagesAsync(Sight, Filter, cancellationToken);

    private void Go(string name, object? value) =>
        Address.NavigateTo(Address.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = value is string { Length: > 0 } text ? text : null, ["page"] = null }));

    private static string Seconds(TimeSpan span) => Measure.Seconds(span);

    private async Task ChangeAsync(Func<Task> change)
    {
        if (!MayChange || _busy)
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

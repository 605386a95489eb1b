using System.Security.Claims;
using DdocCost.App.Access.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace DdocCost.App.Shell;

/// <summary>The named filters of a list, each person's own.</summary>
public sealed partial class SavedFilters
{
    private IReadOnlyList<SavedFilter> _filters = [];
    private string _name = "";
    private string _newName = "";
    private string? _renamed;
    private string? _problem;
    private bool _busy;

    /// <summary>The list, as its page is called.</summary>
    [Parameter, EditorRequired] public required string List { get; set; }

    /// <summary>The page's address as it is now.</summary>
    [Parameter, EditorRequired] public required string At { get; set; }

    [Inject] private FilterDesk Desk { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private ClaimsPrincipal User { get; set; } = new();

    private string Shown => FilterDesk.FilterOf(List, new Uri(At).Query);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive && Authentication is not null)
        {
            User = (await Authentication).User;
            _filters = await Desk.ListAsync(User, List);
        }
    }

    private async Task SaveAsync()
    {
        await ChangeAsync(() => Desk.SaveAsync(User, List, _name, Shown));
        _name = _problem is null ? "" : _name;
    }

    private async Task RenameAsync()
    {
        await ChangeAsync(() => Desk.RenameAsync(User, List, _renamed!, _newName));
        _renamed = _problem is null ? null : _renamed;
    }

    private async Task ChangeAsync(Func<Task<string?>> change)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _problem = await change();
            _filters = await Desk.ListAsync(User, List);
        }
        finally
        {
            _busy = false;
        }
    }
}

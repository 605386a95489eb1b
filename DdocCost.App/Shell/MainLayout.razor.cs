using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;

namespace DdocCost.App.Shell;

/// <summary>The frame around every page behind sign-in: navigation at the side, on a phone at the bottom.</summary>
public sealed partial class MainLayout
{
    private ErrorBoundary? _boundary;

    [Inject] private NavigationManager Address { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private ClaimsPrincipal User { get; set; } = new();

    // With a <base> a bare #content would lead to the overview.
    private string SkipTarget => $"{Address.Uri.Split('#')[0]}#content";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (Authentication is not null)
        {
            User = (await Authentication).User;
        }
    }

    // A page that failed must not keep the next one from being shown.
    /// <inheritdoc />
    protected override void OnParametersSet() => _boundary?.Recover();
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace DdocCost.App.Access;

/// <summary>Asks for name and password; leads to setup while there is no user.</summary>
public sealed partial class SignInPage
{
    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm] private Credentials? Form { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    [Inject] private SignInManager<AppUser> SignIn { get; set; } = default!;

    [Inject] private CreateAdministrator Administrator { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    [Inject] private ILogger<SignInPage> Log { get; set; } = default!;

    private string? Problem { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        if (Http.User.Identity?.IsAuthenticated == true)
        {
            Address.NavigateTo(LocalAddress.OrOverview(ReturnUrl));
        }
        else if (!await Administrator.IsDoneAsync(Http.RequestAborted))
        {
            Address.NavigateTo("/setup");
        }
    }

    private async Task SubmitAsync()
    {
        var result = await SignIn.PasswordSignInAsync(Form!.Name?.Trim() ?? "", Form!.Password ?? "", isPersistent: true, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            AccessLog.SignedIn(Log, Form!.Name!);
            Address.NavigateTo(LocalAddress.OrOverview(ReturnUrl));
            return;
        }

        // The same words for a wrong name and a wrong password, and for a locked account: nobody learns which names exist.
        AccessLog.Refused(Log, Form!.Name ?? "", Http.Connection.RemoteIpAddress?.ToString(), result.IsLockedOut ? "locked out" : "wrong name or password");
        Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        Problem = "Name or password is wrong. After ten wrong attempts an account is locked for ten minutes.";
    }

    private sealed class Credentials
    {
        public string? Name { get; set; }

        public string? Password { get; set; }
    }
}

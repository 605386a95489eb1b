using DdocCost.App.Access.OpenId;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access;

/// <summary>Asks for name and password; leads to setup while there is no user.</summary>
public sealed partial class SignInPage
{
    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm] private Credentials? Form { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery] private string? Refused { get; set; }

    [SupplyParameterFromQuery] private bool Local { get; set; }

    [Inject] private IEnumerable<IAuthProvider> Providers { get; set; } = default!;

    [Inject] private IOptions<OpenIdOptions> OpenId { get; set; } = default!;

    [Inject] private SignInManager<AppUser> SignIn { get; set; } = default!;

    [Inject] private CreateAdministrator Administrator { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    [Inject] private ILogger<SignInPage> Log { get; set; } = default!;

    private string? Problem { get; set; }

    private bool TakesPassword => Local || !OpenId.Value.IsOn || !OpenId.Value.HidePasswords;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        Problem = Refused switch
        {
            "group" => "You are in none of the groups that may use this. Ask an administrator of this instance.",
            "disabled" => "Your account here is disabled. Ask an administrator of this instance.",
            "provider" => "The sign-in did not come to its end. Try again.",
            _ => null,
        };
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

        if (result.RequiresTwoFactor)
        {
            Address.NavigateTo($"/sign-in/code?returnUrl={Uri.EscapeDataString(LocalAddress.OrOverview(ReturnUrl))}");
            return;
        }

        // The same words for a wrong name and a wrong password, and for a locked account: nobody learns which names exist.
        AccessLog.Refused(Log, Form!.Name ?? "", Http.Connection.RemoteIpAddress?.ToString(), result.ToString());
        Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        Problem = "Name or password is wrong, or the account is locked or disabled. After ten wrong attempts in a row an account is locked for ten minutes.";
    }

    private sealed class Credentials
    {
        public string? Name { get; set; }

        public string? Password { get; set; }
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace DdocCost.App.Access;

/// <summary>The second step of a sign-in: a code of the authenticator app, or a recovery code.</summary>
public sealed partial class CodePage
{
    private const int AppDigits = 6;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm] private Typed? Form { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    [Inject] private SignInManager<AppUser> SignIn { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    [Inject] private ILogger<CodePage> Log { get; set; } = default!;

    private string? Problem { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        if (await SignIn.GetTwoFactorAuthenticationUserAsync() is null)
        {
            Address.NavigateTo("/sign-in"); // the password comes first, and is forgotten after some minutes
        }
    }

    private async Task SubmitAsync()
    {
        var (user, typed) = (await SignIn.GetTwoFactorAuthenticationUserAsync(), (Form!.Code ?? "").Replace(" ", "", StringComparison.Ordinal));
        var result = typed.Length == AppDigits && typed.All(char.IsAsciiDigit)
            ? await SignIn.TwoFactorAuthenticatorSignInAsync(typed, isPersistent: true, rememberClient: false)
            : await SignIn.TwoFactorRecoveryCodeSignInAsync(typed);
        if (result.Succeeded)
        {
            AccessLog.SignedIn(Log, user?.Name ?? "");
            Address.NavigateTo(LocalAddress.OrOverview(ReturnUrl));
            return;
        }

        AccessLog.Refused(Log, user?.Name ?? "", Http.Connection.RemoteIpAddress?.ToString(), result.IsLockedOut ? "locked out" : "wrong code");
        Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        // Whoever is here knows the password, so may know about the lock as well.
        Problem = result.IsLockedOut
            ? "The account is locked for ten minutes after ten wrong attempts. Try again later, or ask an administrator to unlock it."
            : "The code is wrong or was used already. Wait for the next one. After ten wrong attempts an account is locked for ten minutes.";
    }

    private sealed class Typed
    {
        public string? Code { get; set; }
    }
}

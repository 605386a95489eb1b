using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access;

/// <summary>First run: whoever knows the setup code becomes the administrator, and is signed in.</summary>
public sealed partial class SetupPage
{
    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm] private NewAdministrator? Form { get; set; }

    [SupplyParameterFromQuery] private string? Code { get; set; }

    [Inject] private CreateAdministrator Administrator { get; set; } = default!;

    [Inject] private SignInManager<AppUser> SignIn { get; set; } = default!;

    [Inject] private SetupCode Expected { get; set; } = default!;

    [Inject] private IOptions<AccessOptions> Options { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    [Inject] private ILogger<SetupPage> Log { get; set; } = default!;

    private IReadOnlyList<string> Problems { get; set; } = [];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        if (await Administrator.IsDoneAsync(Http.RequestAborted))
        {
            Address.NavigateTo("/sign-in");
        }
    }

    private async Task SubmitAsync()
    {
        Problems = await CreateAsync();
        if (Problems.Count > 0)
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        AccessLog.Claimed(Log, Form!.Name!);
        await SignIn.PasswordSignInAsync(Form!.Name!.Trim(), Form!.Password!, isPersistent: true, lockoutOnFailure: true);
        Address.NavigateTo("/");
    }

    private async Task<IReadOnlyList<string>> CreateAsync()
    {
        if (!Expected.Matches(Form!.Code))
        {
            return ["The setup code is not the one this app printed when it started."];
        }

        return Form!.Password != Form!.Repeated
            ? ["The two passwords differ."]
            : await Administrator.CreateAsync(Form!.Name ?? "", Form!.Password ?? "", Options.Value.Tenant, Http.RequestAborted);
    }

    private sealed class NewAdministrator
    {
        public string? Code { get; set; }

        public string? Name { get; set; }

        public string? Password { get; set; }

        public string? Repeated { get; set; }
    }
}

using DdocCost.Domain.Audit;
using Marten;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace DdocCost.App.Access.People;

/// <summary>Where a one-time link leads: the invited, or who forgot their password, choose one.</summary>
public sealed partial class WelcomePage
{
    private const string Over = "This link is over, or was used already. Ask an administrator for a new one.";

    /// <summary>Whose link.</summary>
    [Parameter] public Guid Id { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm] private Passwords? Form { get; set; }

    [SupplyParameterFromQuery] private string? Code { get; set; }

    [Inject] private UserManager<AppUser> Users { get; set; } = default!;

    [Inject] private IDocumentStore Store { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private string? Problem { get; set; }

    /// <inheritdoc />
    protected override void OnInitialized() => Form ??= new();

    private async Task SubmitAsync()
    {
        Problem = await ChooseAsync();
        if (Problem is null)
        {
            Address.NavigateTo("/sign-in");
        }
        else
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private async Task<string?> ChooseAsync()
    {
        if (Form!.Password != Form.Repeated)
        {
            return "The two passwords differ.";
        }

        if (await Users.FindByIdAsync(Id.ToString()) is not { DisabledAt: null, ExternalId: null } user)
        {
            return Over; // the same for a person who does not exist
        }

        var hadPassword = user.PasswordHash is not null;
        var result = await Users.ResetPasswordAsync(user, Code ?? "", Form.Password ?? "");
        if (!result.Succeeded)
        {
            return result.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.InvalidToken) or nameof(IdentityErrorDescriber.ConcurrencyFailure))
                ? Over
                : string.Join(" ", result.Errors.Select(error => error.Description));
        }

        await Users.SetLockoutEndDateAsync(user, null);
        await using var session = Store.LightweightSession(user.TenantId);
        session.DeleteWhere<BrowserSession>(kept => kept.UserId == user.Id);
        session.Insert(AuditEntry.Of(Time.GetUtcNow(), user.Name, Mouth.Page, hadPassword ? "user.password-reset" : "user.welcome", $"user/{user.Id}"));
        await session.SaveChangesAsync(Http.RequestAborted);
        return null;
    }

    private sealed class Passwords
    {
        public string? Password { get; set; }

        public string? Repeated { get; set; }
    }
}

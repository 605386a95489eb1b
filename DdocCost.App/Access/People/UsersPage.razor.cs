using System.Security.Claims;
using DdocCost.App.Access.OpenId;
using DdocCost.App.Access.Sessions;
using DdocCost.App.Access.Tokens;
using DdocCost.Domain.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access.People;

/// <summary>People and tokens of a tenant, for administrators.</summary>
public sealed partial class UsersPage
{
    private bool _busy;
    private string? _problem;
    private GivenLink? _given;
    private Guid? _edited;
    private AccessRole _role;
    private string _accounts = "";
    private string _name = "";
    private AccessRole _newRole;
    private string _newAccounts = "";

    [Inject] private PeopleReader Reader { get; set; } = default!;

    [Inject] private PeopleDesk Desk { get; set; } = default!;

    [Inject] private ProfileDesk Profile { get; set; } = default!;

    [Inject] private ApiTokens Tokens { get; set; } = default!;

    [Inject] private Invitations Invitations { get; set; } = default!;

    [Inject] private IOptions<AccessOptions> Options { get; set; } = default!;

    [Inject] private IOptions<OpenIdOptions> OpenIdSettings { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private OpenIdOptions OpenId => OpenIdSettings.Value;

    private Guid Me => Guid.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!);

    private string? Session => User.FindFirstValue(SessionStore.SessionClaim);

    private string LinkLife => Invitations.LifeOf(Options.Value);

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override Task<PeopleView> ReadAsync(CancellationToken cancellationToken) => Reader.ReadAsync(Tenant, cancellationToken);

    private void Edit(AppUser person) => (_edited, _role, _accounts, _problem) = (person.Id, person.Role, string.Join(", ", person.Accounts ?? []), null);

    private Task SaveAsync(AppUser person) => ChangeAsync(async () =>
    {
        var problem = await Desk.SetRightsAsync(User, person.Id, _role, AccountList.Parse(_accounts), Closed);
        _edited = problem is null ? null : _edited;
        return problem;
    });

    private Task InviteAsync() => ChangeAsync(async () =>
    {
        var given = await Invitations.InviteAsync(User, _name, _newRole, AccountList.Parse(_newAccounts), Address.BaseUri, Closed);
        if (given.Problem is null)
        {
            (_name, _newRole, _newAccounts) = ("", AccessRole.Viewer, "");
        }

        return Shown(given);
    });

    private Task LinkAsync(AppUser person) => ChangeAsync(async () => Shown(await Invitations.ResetAsync(User, person.Id, person.Name, Address.BaseUri, Closed)));

    private string? Shown((GivenLink? Link, string? Problem) given)
    {
        _given = given.Link;
        return given.Problem;
    }

    private Task RevokeAsync(ApiToken token) => ChangeAsync(async () =>
        await Profile.MeAsync(User) is { } me && await Tokens.RevokeAsync(me, token.Id, Mouth.Page, Closed) ? null : "The token could not be revoked.");

    private async Task ChangeAsync(Func<Task<string?>> change)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _given) = (true, null);
        try
        {
            _problem = await change();
            await ReadAgainAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}

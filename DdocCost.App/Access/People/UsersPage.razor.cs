using System.Security.Claims;
using DdocCost.App.Access.OpenId;
using DdocCost.App.Access.Sessions;
using DdocCost.App.Access.Tokens;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify;
using DdocCost.Jobs.Notify.Channels.Mail;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access.People;

/// <summary>People and tokens of a tenant, for administrators.</summary>
public sealed partial class UsersPage
{
    private bool _busy;
    private string? _problem;
    private Given? _given;
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

    [Inject] private PersonalMail Mail { get; set; } = default!;

    [Inject] private IOptions<AccessOptions> Options { get; set; } = default!;

    [Inject] private IOptions<NotifyOptions> Notify { get; set; } = default!;

    [Inject] private IOptions<OpenIdOptions> OpenIdSettings { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private OpenIdOptions OpenId => OpenIdSettings.Value;

    private Guid Me => Guid.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!);

    private string? Session => User.FindFirstValue(SessionStore.SessionClaim);

    private string LinkLife => Options.Value.LinkLife is { TotalHours: >= 1 } life ? $"{life.TotalHours:0} hours" : $"{Options.Value.LinkLife.TotalMinutes:0} minutes";

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
        var (invited, problem) = await Desk.InviteAsync(User, _name, _newRole, AccountList.Parse(_newAccounts), Closed);
        if (invited is null)
        {
            return problem;
        }

        (_name, _newRole, _newAccounts) = ("", AccessRole.Viewer, "");
        return await GiveAsync(invited, "You are invited to dd0c/cost");
    });

    private Task LinkAsync(AppUser person) => ChangeAsync(() => GiveAsync(person, "Choose a new password for dd0c/cost"));

    private async Task<string?> GiveAsync(AppUser person, string subject)
    {
        var (path, problem) = await Desk.LinkAsync(User, person.Id, Closed);
        if (path is null)
        {
            return problem;
        }

        var home = Notify.Value.PublicUrl is { Length: > 0 } url ? url : Address.BaseUri;
        var link = home.TrimEnd('/') + path;
        var sent = await Mail.SendAsync(Tenant, person.Name, subject, $"{User.Identity?.Name} asks you to choose your password for dd0c/cost.\n\n{link}\n\nThe link works once, for {LinkLife}.\n", Closed);
        _given = new Given(person.Name, link, sent is SendOutcome.Accepted, sent is null or SendOutcome.Accepted ? "" : $"It could not be mailed: {sent.Answer}");
        return null;
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

    private sealed record Given(string Name, string Url, bool Mailed, string Reason);
}

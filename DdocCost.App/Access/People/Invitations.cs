using System.Security.Claims;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify;
using DdocCost.Jobs.Notify.Channels.Mail;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access.People;

/// <summary>Gives people their one-time links: mailed where there is a mail channel, and shown to the administrator in any case.</summary>
internal sealed class Invitations(PeopleDesk desk, PersonalMail mail, IOptions<AccessOptions> access, IOptions<NotifyOptions> notify)
{
    /// <summary>Adds a person and gives them a link.</summary>
    /// <param name="by">The administrator.</param>
    /// <param name="name">Mail address, or another name.</param>
    /// <param name="role">What they may do.</param>
    /// <param name="accounts">The only accounts they see; null for all.</param>
    /// <param name="home">Address of this installation as the administrator reached it, for where <c>Notify:PublicUrl</c> says none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(GivenLink? Link, string? Problem)> InviteAsync(
        ClaimsPrincipal by, string name, AccessRole role, IReadOnlyList<string>? accounts, string home, CancellationToken cancellationToken)
    {
        var (invited, problem) = await desk.InviteAsync(by, name, role, accounts, cancellationToken);
        return invited is null ? (null, problem) : await GiveAsync(by, invited.Id, invited.Name, "You are invited to dd0c/cost", home, cancellationToken);
    }

    /// <summary>Gives somebody who is there a link to choose a new password; it ends their sessions and the links before it.</summary>
    public Task<(GivenLink? Link, string? Problem)> ResetAsync(ClaimsPrincipal by, Guid id, string name, string home, CancellationToken cancellationToken) =>
        GiveAsync(by, id, name, "Choose a new password for dd0c/cost", home, cancellationToken);

    private async Task<(GivenLink? Link, string? Problem)> GiveAsync(ClaimsPrincipal by, Guid id, string name, string subject, string home, CancellationToken cancellationToken)
    {
        var (path, problem) = await desk.LinkAsync(by, id, cancellationToken);
        if (path is null)
        {
            return (null, problem);
        }

        var link = (notify.Value.PublicUrl is { Length: > 0 } url ? url : home).TrimEnd('/') + path;
        var sent = await mail.SendAsync(
            Roles.TenantOf(by), name, subject, $"{Roles.SpeakerOf(by).Name} asks you to choose your password for dd0c/cost.\n\n{link}\n\nThe link works once, for {LifeOf(access.Value)}.\n", cancellationToken);
        return (new GivenLink(id, name, link, sent is SendOutcome.Accepted, sent is null or SendOutcome.Accepted ? "" : $"It could not be mailed: {sent.Answer}"), null);
    }

    /// <summary>How long a link works, for a person.</summary>
    public static string LifeOf(AccessOptions options) => options.LinkLife is { TotalHours: >= 1 } life ? $"{life.TotalHours:0} hours" : $"{options.LinkLife.TotalMinutes:0} minutes";
}

/// <summary>A one-time link; whoever has it chooses the person's password.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Name">Their name.</param>
/// <param name="Url">The link.</param>
/// <param name="Mailed">Whether it was mailed to them.</param>
/// <param name="Reason">Why not, where that was tried; may be empty.</param>
internal sealed record GivenLink(Guid UserId, string Name, string Url, bool Mailed, string Reason);

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using DdocCost.Domain.Access;
using DdocCost.Domain.Notify;
using Marten;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>Finds which of our users somebody in Slack is: by an administrator's link, else by the mail address that Slack has confirmed.</summary>
internal sealed class SlackPeople(IDocumentStore store, SlackApi api, ChannelSecrets secrets, TimeProvider time)
{
    // Strangers who click are remembered so that they can be linked; not without end.
    private const int MostStrangers = 500;

    // The workspace of a token does not change.
    private readonly ConcurrentDictionary<string, string> _teams = new();

    /// <summary>Finds the user.</summary>
    public async Task<SlackIdentity> FindAsync(string tenantId, Channel channel, SlackClick click, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        var known = await session.LoadAsync<SlackPerson>(click.UserId, cancellationToken);
        var user = known?.UserId is { } id
            ? await session.LoadAsync<AppUser>(id, cancellationToken)
            : await ByMailAsync(session, channel, click.UserId, cancellationToken);
        if (known is not null || await session.Query<SlackPerson>().CountAsync(cancellationToken) < MostStrangers)
        {
            session.Store((known ?? new SlackPerson { Id = click.UserId, Name = "", SeenAt = default }) with { Name = click.UserName, SeenAt = time.GetUtcNow() });
            await session.SaveChangesAsync(cancellationToken);
        }

        // A user of another tenant, or one who is shut out, is nobody here, and is not told that there is one.
        return user is { DisabledAt: null } && user.TenantId == tenantId ? new SlackIdentity(user) : new SlackIdentity(null, "dd0c/cost does not know who you are. Ask an administrator to link your Slack account under Channels, People.");
    }

    private async Task<AppUser?> ByMailAsync(IQuerySession session, Channel channel, string userId, CancellationToken cancellationToken)
    {
        if (secrets.Open(channel, SlackChannel.BotToken) is not { } token || await TeamAsync(token, cancellationToken) is not { } team)
        {
            return null;
        }

        var answer = await api.ReadAsync("users.info", token, new Dictionary<string, string> { ["user"] = userId }, cancellationToken);
        if (answer.Body is not { } body || !body.TryGetProperty("user", out var user) || ConfirmedMail(user, team) is not { } mail)
        {
            return null;
        }

        var name = mail.Normalize().ToUpperInvariant(); // as ASP.NET Core Identity keeps names
        return await session.Query<AppUser>().FirstOrDefaultAsync(one => one.NormalizedName == name, cancellationToken);
    }

    /// <summary>
    /// The address, where it can be trusted: of a member of the app's own workspace. In a shared conversation another company's administrator
    /// could give anybody any address.
    /// </summary>
    private static string? ConfirmedMail(JsonElement user, string team)
    {
        bool Is(string flag) => user.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True;
        var isMember = user.TryGetProperty("team_id", out var of) && of.ValueEquals(team);
        return isMember && Is("is_email_confirmed") && !Is("deleted") && !Is("is_bot") && !Is("is_stranger") && !Is("is_restricted") && !Is("is_ultra_restricted")
            && user.TryGetProperty("profile", out var profile) && profile.TryGetProperty("email", out var mail) && mail.ValueKind == JsonValueKind.String
            ? mail.GetString()
            : null;
    }

    private async Task<string?> TeamAsync(string token, CancellationToken cancellationToken)
    {
        if (_teams.TryGetValue(token, out var known))
        {
            return known;
        }

        var team = (await api.CallAsync("auth.test", token, new JsonObject(), cancellationToken)).Text("team_id");
        return team is null ? null : _teams.GetOrAdd(token, team);
    }
}

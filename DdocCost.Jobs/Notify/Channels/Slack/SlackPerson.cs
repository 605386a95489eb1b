using DdocCost.Domain.Access;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>A person of Slack who clicked, and whom an administrator may link to one of our users. Document, of a tenant.</summary>
public sealed record SlackPerson
{
    /// <summary>Slack's id of the person.</summary>
    public required string Id { get; init; }

    /// <summary>What Slack calls the person.</summary>
    public required string Name { get; init; }

    /// <summary>The user that an administrator linked; null where none did.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Who linked; empty where nobody did.</summary>
    public string LinkedBy { get; init; } = "";

    /// <summary>Last click, UTC.</summary>
    public required DateTimeOffset SeenAt { get; init; }
}

/// <summary>Who somebody in Slack is here.</summary>
/// <param name="User">Our user; null where there is none for them.</param>
/// <param name="Why">Why there is none, for the person.</param>
internal sealed record SlackIdentity(AppUser? User, string Why = "");

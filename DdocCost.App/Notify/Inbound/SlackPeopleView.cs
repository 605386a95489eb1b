using DdocCost.Jobs.Notify.Channels.Slack;

namespace DdocCost.App.Notify.Inbound;

/// <summary>Who clicked in Slack.</summary>
/// <param name="People">The latest first.</param>
/// <param name="Users">Whom they may be linked to.</param>
public sealed record SlackPeopleView(IReadOnlyList<SlackPerson> People, IReadOnlyList<AppUser> Users);

using DdocCost.App.Shell;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Domain.Notify.Routing;

namespace DdocCost.App.Notify;

/// <summary>The page of channels.</summary>
public sealed record ChannelsView(IReadOnlyList<ChannelRow> Channels, IReadOnlyList<OpenAlarm> Alarms);

/// <summary>A channel with how it does.</summary>
public sealed record ChannelRow(Channel Channel, ChannelHealth? Health, BreakerState? Breaker);

/// <summary>How a channel does.</summary>
/// <param name="ChannelId">Channel.</param>
/// <param name="AcceptedAt">Latest message it took, UTC.</param>
/// <param name="FailedOfDay">Messages it did not take in 24 hours.</param>
/// <param name="Waiting">Messages on their way or held.</param>
/// <param name="LatestFailure">What it answered then.</param>
public sealed record ChannelHealth(string ChannelId, DateTimeOffset? AcceptedAt, long FailedOfDay, long Waiting, string? LatestFailure);

/// <summary>Something of ours that does not work.</summary>
public sealed record OpenAlarm(string Title, DateTimeOffset Since);

/// <summary>The page of messages.</summary>
/// <param name="Messages">Newest first.</param>
/// <param name="Channels">Names by id.</param>
/// <param name="HeldByPanic">How many wait for somebody to choose.</param>
public sealed record MessagesView(Page<MessageRow> Messages, IReadOnlyDictionary<string, string> Channels, long HeldByPanic);

/// <summary>What of the messages is shown.</summary>
public sealed record MessageFilter(string State, string Channel, string Case, int Page)
{
    /// <summary>The states there are.</summary>
    public static readonly IReadOnlyList<string> States = ["queued", "held", "sending", "accepted", "failed", "discarded", "superseded", "collapsed"];

    /// <summary>From an address.</summary>
    public static MessageFilter Of(string? state, string? channel, string? caseId, int? page) =>
        new(States.Contains(state) ? state! : "", channel ?? "", caseId ?? "", page ?? 1);
}

/// <summary>A message.</summary>
public sealed record MessageRow(
    Guid Id, string ChannelId, string Kind, string State, string? HeldBy, string Headline, DateTimeOffset QueuedAt, DateTimeOffset? AcceptedAt, int Attempts,
    string? Answer, string? Rule, string? FellFrom, DateTimeOffset DueAt, string? CaseId, bool IsSelfTest, DateTimeOffset? SeenAt, DateTimeOffset? EventAt)
{
    /// <summary>Whether it has come to an end and can be sent again.</summary>
    public bool IsOver => State is "accepted" or "failed" or "discarded" or "superseded" or "collapsed";
}

/// <summary>The page of rules.</summary>
public sealed record RoutingView(RoutingPolicy Policy, IReadOnlyList<Channel> Channels);

/// <summary>The page of digests.</summary>
public sealed record DigestsView(IReadOnlyList<DigestSubscription> Subscriptions, IReadOnlyList<Channel> Channels);

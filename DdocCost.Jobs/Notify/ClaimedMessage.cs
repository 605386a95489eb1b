using DdocCost.Domain.Notify;

namespace DdocCost.Jobs.Notify;

/// <summary>A message in this process's hands until its lease ends.</summary>
/// <param name="Message">What is sent.</param>
/// <param name="Kind">Kind of notice.</param>
/// <param name="Fallbacks">Channels to try in this one's place, in order.</param>
/// <param name="FactSeq">Its fact's place in the order.</param>
/// <param name="FactId">Its fact.</param>
/// <param name="FirstClaimedAt">When it was first tried, UTC.</param>
internal sealed record ClaimedMessage(
    OutboundMessage Message, string Kind, IReadOnlyList<string> Fallbacks, long FactSeq, Guid FactId, DateTimeOffset FirstClaimedAt)
{
    /// <summary>Tenant and channel: what is limited and broken together.</summary>
    public string Place => PlaceOf(Message.TenantId, Message.ChannelId);

    /// <summary>Name of a channel across tenants; also its breaker's.</summary>
    public static string PlaceOf(string tenantId, string channelId) => $"channel:{tenantId}/{channelId}";
}

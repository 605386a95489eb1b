namespace DdocCost.Domain.Notify;

/// <summary>Sends messages to places of one kind. Stateless; one instance serves all channels of its kind, at the same time.</summary>
public interface INotificationChannel
{
    /// <summary>Kind.</summary>
    ChannelKind Kind { get; }

    /// <summary>What a channel of this kind needs to be told, in the order of the form.</summary>
    IReadOnlyList<ChannelField> Fields { get; }

    /// <summary>What is wrong with a channel as filled in, for a person; empty where it can be tried.</summary>
    IReadOnlyList<string> Problems(Channel channel);

    /// <summary>Tries once to send; retries, order and fall-over are the caller's business.</summary>
    /// <param name="channel">Where to.</param>
    /// <param name="message">What.</param>
    /// <param name="cancellationToken">Fires when the attempt has taken too long, or the process stops.</param>
    /// <returns>How the other side answered. A network that failed is <see cref="SendOutcome.Busy"/>; only a defect throws.</returns>
    Task<SendOutcome> SendAsync(Channel channel, OutboundMessage message, CancellationToken cancellationToken);
}

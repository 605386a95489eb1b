using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Http;
using DdocCost.Jobs.Notify.Channels.Stories;

namespace DdocCost.Jobs.Notify.Channels.Teams;

/// <summary>Posts Adaptive Cards to the webhook of a Teams workflow.</summary>
internal sealed partial class TeamsChannel(Post post, ChannelSecrets secrets, StoryBook stories) : INotificationChannel
{
    private const string WebhookUrl = "webhookUrl";

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Teams;

    /// <inheritdoc/>
    public IReadOnlyList<ChannelField> Fields { get; } =
    [
        new(WebhookUrl, "Workflow address", "From the Teams workflow “Send webhook alerts to a channel”. Whoever has the address can post, so it is kept sealed.", IsSecret: true, IsRequired: true),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems(Channel channel) => WebAddress.Problem(secrets.Peek(channel, WebhookUrl), "workflow") is { } problem ? [problem] : [];

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(Channel channel, OutboundMessage message, CancellationToken cancellationToken) => ChannelSecrets.TryAsync(async () =>
    {
        if (message.Notice is CaseChanged)
        {
            return new SendOutcome.Accepted("Not sent: a workflow cannot change a message, and this is no reason for a new one.");
        }

        var url = secrets.Open(channel, WebhookUrl);
        if (Problems(channel) is [var problem, ..])
        {
            return new SendOutcome.Refused(problem);
        }

        var answer = await post.JsonAsync(url!, TeamsCard.Of(stories.Tell(message)), null, cancellationToken);
        // Older connectors answer 200 and write in the body that Teams had refused.
        return answer.IsSuccess && Refused().Match(answer.Body) is { Success: true } refused
            ? (answer with { Status = (HttpStatusCode)int.Parse(refused.Groups[1].ValueSpan, CultureInfo.InvariantCulture) }).ToOutcome()
            : answer.ToOutcome();
    });

    [GeneratedRegex(@"returned HTTP error (\d{3})", RegexOptions.CultureInvariant)]
    private static partial Regex Refused();
}

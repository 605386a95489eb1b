using System.Text.Json.Nodes;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Wording;
using DdocCost.Jobs.Notify.Channels.Http;
using DdocCost.Jobs.Notify.Channels.Stories;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>Sends to Slack: with a bot token as messages that follow their case, or through an incoming webhook as single messages.</summary>
internal sealed class SlackChannel(Post post, SlackConversation conversation, ChannelSecrets secrets, StoryBook stories) : INotificationChannel
{
    /// <summary>Secret: address of an incoming webhook.</summary>
    public const string WebhookUrl = "webhookUrl";

    /// <summary>Secret: bot token, <c>xoxb-…</c>.</summary>
    public const string BotToken = "botToken";

    /// <summary>Secret: what Slack signs clicks with.</summary>
    public const string SigningSecret = "signingSecret";

    /// <summary>Secret: app-level token for Socket Mode, <c>xapp-…</c>.</summary>
    public const string AppToken = "appToken";

    /// <summary>Setting: the conversation a bot posts in.</summary>
    public const string Conversation = "conversation";

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Slack;

    /// <inheritdoc/>
    public IReadOnlyList<ChannelField> Fields { get; } =
    [
        new(BotToken, "Bot token", "xoxb-…, from OAuth & Permissions of your Slack app. Messages then follow their case and have buttons.", IsSecret: true) { MaxLength = 300 },
        new(Conversation, "Conversation id", "C0123ABCD, at the bottom of the channel's details in Slack. Invite the app there.") { MaxLength = 80 },
        new(WebhookUrl, "Incoming webhook", "https://hooks.slack.com/services/… instead of a bot token, for messages only.", IsSecret: true) { MaxLength = 500 },
        new(SigningSecret, "Signing secret", "From Basic Information of the app, if Slack can reach this server: buttons then answer to /slack/interactions.", IsSecret: true) { MaxLength = 200 },
        new(AppToken, "App-level token", "xapp-… with connections:write, if Slack cannot reach this server: buttons then use Socket Mode.", IsSecret: true) { MaxLength = 300 },
    ];

    /// <summary>Whether clicks can reach us.</summary>
    public static bool TakesClicks(Channel channel) => channel.SealedSecret(SigningSecret) is not null || channel.SealedSecret(AppToken) is not null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems(Channel channel) => [.. Check(channel)];

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(Channel channel, OutboundMessage message, CancellationToken cancellationToken) => ChannelSecrets.TryAsync(async () =>
    {
        var story = stories.Tell(message);
        return secrets.Open(channel, BotToken) is { } token
            ? await conversation.SendAsync(channel, token, message, story, cancellationToken)
            : await ThroughWebhookAsync(channel, message, story, cancellationToken);
    });

    private async Task<SendOutcome> ThroughWebhookAsync(Channel channel, OutboundMessage message, Story story, CancellationToken cancellationToken)
    {
        if (message.Notice is CaseChanged)
        {
            return new SendOutcome.Accepted("Not sent: an incoming webhook cannot change a message, and this is no reason for a new one.");
        }

        return secrets.Open(channel, WebhookUrl) is { } url
            ? (await post.JsonAsync(url, SlackMessage.Whole(story, channel.Id, TakesClicks(channel)), null, cancellationToken)).ToOutcome()
            : new SendOutcome.Refused("Neither a bot token nor an incoming webhook is entered.");
    }

    private IEnumerable<string> Check(Channel channel)
    {
        if (channel.SealedSecret(BotToken) is not null)
        {
            if (secrets.Peek(channel, BotToken)?.StartsWith("xox", StringComparison.Ordinal) != true)
            {
                yield return "A bot token begins with xoxb-.";
            }

            if (SafeText.Line(channel.Setting(Conversation), 100).Length == 0)
            {
                yield return "Enter the id of the conversation that the bot posts in.";
            }
        }
        else if (channel.SealedSecret(WebhookUrl) is null)
        {
            yield return "Enter a bot token, or the address of an incoming webhook.";
        }
        else if (WebAddress.Problem(secrets.Peek(channel, WebhookUrl), "incoming webhook") is { } problem)
        {
            yield return problem;
        }

        if (channel.SealedSecret(AppToken) is not null && secrets.Peek(channel, AppToken)?.StartsWith("xapp-", StringComparison.Ordinal) != true)
        {
            yield return "An app-level token begins with xapp-.";
        }
    }
}

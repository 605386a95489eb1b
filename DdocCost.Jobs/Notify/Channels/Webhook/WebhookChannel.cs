using System.Text;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Http;
using DdocCost.Jobs.Notify.Channels.Stories;

namespace DdocCost.Jobs.Notify.Channels.Webhook;

/// <summary>Posts notices as documented JSON, signed, with the same delivery id in every attempt.</summary>
internal sealed class WebhookChannel(Post post, ChannelSecrets secrets, StoryBook stories, TimeProvider time) : INotificationChannel
{
    private const string Url = "url";
    private const string Secret = "secret";

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Webhook;

    /// <inheritdoc/>
    public IReadOnlyList<ChannelField> Fields { get; } =
    [
        new(Url, "Address", "https://… that takes a POST with JSON; see docs/notifications.md.", IsRequired: true),
        new(Secret, "Signing secret", "At least 16 characters, or whsec_ and base64. Your receiver checks signatures with it.", IsSecret: true, IsRequired: true) { MaxLength = 500 },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems(Channel channel)
    {
        var problems = new List<string>();
        if (WebAddress.Problem(channel.Setting(Url), "webhook") is { } problem)
        {
            problems.Add(problem);
        }

        if (secrets.Peek(channel, Secret) is not { } secret || WebhookSignature.Key(secret) is null)
        {
            problems.Add($"The signing secret needs at least {WebhookSignature.LeastKey} characters.");
        }

        return problems;
    }

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(Channel channel, OutboundMessage message, CancellationToken cancellationToken) => ChannelSecrets.TryAsync(async () =>
    {
        var secret = secrets.Open(channel, Secret);
        if (Problems(channel) is [var problem, ..])
        {
            return new SendOutcome.Refused(problem);
        }

        var body = NoticeJson.Of(message, stories.Tell(message)).ToJsonString();
        var signed = WebhookSignature.Headers(WebhookSignature.Key(secret!)!, message.Id.ToString(), time.GetUtcNow(), body);
        var answer = await post.SendAsync(channel.Setting(Url)!, new StringContent(body, Encoding.UTF8, "application/json"), headers =>
        {
            foreach (var (name, value) in signed)
            {
                headers.Add(name, value);
            }
        }, cancellationToken);
        return answer.ToOutcome();
    });
}

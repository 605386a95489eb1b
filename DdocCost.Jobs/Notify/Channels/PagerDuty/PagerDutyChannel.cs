using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Http;
using DdocCost.Jobs.Notify.Channels.Stories;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Notify.Channels.PagerDuty;

/// <summary>Opens, acknowledges and resolves incidents through PagerDuty's Events API v2; what is no incident becomes a change event.</summary>
internal sealed class PagerDutyChannel(Post post, ChannelSecrets secrets, StoryBook stories, IOptions<ChannelOptions> options) : INotificationChannel
{
    private const string RoutingKey = "routingKey";
    private const string Region = "region";
    private const string Europe = "Europe";

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.PagerDuty;

    /// <inheritdoc/>
    public IReadOnlyList<ChannelField> Fields { get; } =
    [
        new(RoutingKey, "Integration key", "32 characters, from an Events API v2 integration of the service.", IsSecret: true, IsRequired: true) { MaxLength = 32 },
        new(Region, "Service region", "Where the PagerDuty account lives.") { Choices = ["United States", Europe], Default = "United States" },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems(Channel channel) =>
        secrets.Peek(channel, RoutingKey) is { Length: 32 } key && key.All(char.IsAsciiLetterOrDigit) ? [] : ["An integration key has 32 letters and digits."];

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(Channel channel, OutboundMessage message, CancellationToken cancellationToken) => ChannelSecrets.TryAsync(async () =>
    {
        var key = secrets.Open(channel, RoutingKey)!;
        if (Problems(channel) is [var problem, ..])
        {
            return new SendOutcome.Refused(problem);
        }

        var story = stories.Tell(message);
        var host = channel.Setting(Region) == Europe ? options.Value.PagerDutyEurope : options.Value.PagerDuty;
        async Task<SendOutcome> IncidentAsync(string action) =>
            (await post.JsonAsync($"{host}/v2/enqueue", PagerDutyEvent.Incident(key, action, message, story), null, cancellationToken)).ToOutcome();
        if (PagerDutyEvent.ActionFor(message.Notice) is not { } action)
        {
            return message.Notice is CaseNotice
                ? new SendOutcome.Accepted("Not sent: nothing about the incident changes.")
                : (await post.JsonAsync($"{host}/v2/change/enqueue", PagerDutyEvent.Change(key, message, story), null, cancellationToken)).ToOutcome();
        }

        var outcome = await IncidentAsync(action);
        return outcome is SendOutcome.Accepted && message.Notice is TestNotice ? await IncidentAsync("resolve") : outcome;
    });
}

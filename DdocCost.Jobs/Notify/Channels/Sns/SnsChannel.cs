using System.Text.RegularExpressions;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using DdocCost.Jobs.Notify.Channels.Stories;
using Marten;

namespace DdocCost.Jobs.Notify.Channels.Sns;

/// <summary>Publishes to an Amazon SNS topic, with the credentials of the connected account that owns it or, where none does, this machine's.</summary>
internal sealed partial class SnsChannel(AwsClients clients, IDocumentStore store, StoryBook stories) : INotificationChannel
{
    private const string TopicArn = "topicArn";

    private static readonly AwsOperation Publish = new(AwsServices.Sns, "Publish", ["sns:Publish"]) { Patience = TimeSpan.FromSeconds(8) };

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Sns;

    /// <inheritdoc/>
    public IReadOnlyList<ChannelField> Fields { get; } =
    [
        new(TopicArn, "Topic ARN", "arn:aws:sns:eu-central-1:123456789012:costs. What signs in for that account here needs sns:Publish on it.", IsRequired: true) { MaxLength = 400 },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems(Channel channel) =>
        Topic().IsMatch(channel.Setting(TopicArn) ?? "") ? [] : ["Enter the ARN of a topic: arn:aws:sns:region:account:name."];

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(Channel channel, OutboundMessage message, CancellationToken cancellationToken)
    {
        if (Problems(channel) is [var problem, ..])
        {
            return new SendOutcome.Refused(problem);
        }

        var arn = channel.Setting(TopicArn)!;
        try
        {
            var client = await ClientAsync(message.TenantId, Topic().Match(arn), cancellationToken);
            var answer = await client.QueryAsync(Publish, SnsMessage.Of(arn, message, stories.Tell(message)), cancellationToken);
            return new SendOutcome.Accepted($"MessageId {answer.Text("MessageId")}");
        }
        catch (AwsException e)
        {
            return e.IsTransient ? new SendOutcome.Busy(e.Message, e.RetryAfter) : new SendOutcome.Refused(e.Message);
        }
        catch (NoCredentialsException e)
        {
            return new SendOutcome.Refused(e.Message);
        }
    }

    private async Task<AwsClient> ClientAsync(string tenantId, Match topic, CancellationToken cancellationToken)
    {
        var (region, account) = (topic.Groups["region"].Value, topic.Groups["account"].Value);
        await using var session = store.QuerySession(tenantId);
        var connected = await session.Query<ConnectedAccount>().FirstOrDefaultAsync(one => one.AccountId == account, cancellationToken);
        return connected is null ? clients.ForMachine(region) : clients.For(tenantId, connected, region);
    }

    [GeneratedRegex(@"^arn:aws[a-z-]*:sns:(?<region>[a-z0-9-]+):(?<account>\d{12}):[A-Za-z0-9_-]{1,256}(\.fifo)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Topic();
}

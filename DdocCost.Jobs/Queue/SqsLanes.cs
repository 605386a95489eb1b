using System.Globalization;
using DdocCost.Domain.Queue;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Queue;

/// <summary>The lanes' queues in SQS, called with the key that is set, else with what this machine has.</summary>
internal sealed class SqsLanes
{
    private readonly SqsQueue[] _queues;

    public SqsLanes(AwsCaller caller, IAwsCredentials machine, SqsOptions settings)
    {
        if (settings.Url.Length == 0)
        {
            throw new OptionsValidationException("Queue:Sqs", typeof(SqsOptions), ["Queue:Kind is Sqs, so Queue:Sqs:Url must say where."]);
        }

        var credentials = settings.AccessKeyId is { } id ? new FixedCredentials(new AwsKeys(id, settings.SecretKey!, SessionToken: null)) : machine;
        var client = new AwsClient(caller, new AwsScope("queue", settings.RegionOrThatOfUrl, credentials), breaker: null);
        _queues = [.. Enumerable.Range(0, Lanes.Count).Select(lane => new SqsQueue(client, $"{settings.Url}-{lane.ToString("00", CultureInfo.InvariantCulture)}.fifo"))];
    }

    /// <summary>A lane's queue.</summary>
    public SqsQueue Of(int lane) => _queues[lane];

    /// <summary>Makes those that are not there.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => Task.WhenAll(_queues.Select(queue => queue.CreateFifoAsync(cancellationToken)));
}

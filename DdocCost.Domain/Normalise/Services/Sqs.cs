using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>SQS queues, billed by request. Source: Amazon SQS API reference; a CloudTrail record of CreateQueue.</summary>
internal static class Sqs
{
    private const string Queue = "sqs:queue";

    public static readonly Service Service = new("sqs",
        Starts("CreateQueue", Queue, "queueUrl"),
        Stops("DeleteQueue", Queue, "queueUrl"));
}

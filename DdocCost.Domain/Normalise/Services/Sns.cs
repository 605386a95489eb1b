using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>SNS topics, billed by message. Source: Amazon SNS API reference; a CloudTrail record of CreateTopic.</summary>
internal static class Sns
{
    private const string Topic = "sns:topic";

    public static readonly Service Service = new("sns",
        Starts("CreateTopic", Topic, "topicArn"),
        Stops("DeleteTopic", Topic, "topicArn"));
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Elastic Beanstalk environments, as the cause of what they launch. Source: AWS Elastic Beanstalk API reference; a CloudTrail record
/// of TerminateEnvironment.
/// </summary>
internal static class Beanstalk
{
    private const string Environment = "elasticbeanstalk:environment";

    public static readonly Service Service = new("elasticbeanstalk",
        Starts("CreateEnvironment", Environment, "environmentId"),
        Changes("UpdateEnvironment", Environment, (record, changes) => changes.Add(id: record.Request["environmentId"].Text)),
        Starts("RebuildEnvironment", Environment, "environmentId"),
        Stops("TerminateEnvironment", Environment, "environmentId"));
}

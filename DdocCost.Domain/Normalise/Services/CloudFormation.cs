using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// CloudFormation stacks, as the cause of what they make. Source: AWS CloudFormation API reference; a CloudTrail record of most calls.
/// </summary>
internal static class CloudFormation
{
    private const string Stack = "cloudformation:stack";
    private const string Instances = "cloudformation:stack-instances";

    public static readonly Service Service = new("cloudformation",
        Starts("CreateStack", Stack, (record, changes) => changes.Add(id: Name(record.Request))),
        Changes("UpdateStack", Stack, (record, changes) => changes.Add(id: Name(record.Request))),
        Changes("ExecuteChangeSet", Stack, (record, changes) => changes.Add(id: Name(record.Request))),
        Stops("DeleteStack", Stack, (record, changes) => changes.Add(id: Name(record.Request))),
        Starts("CreateStackInstances", Instances, "stackSetName"),
        Changes("UpdateStackInstances", Instances, (record, changes) => changes.Add(id: record.Request["stackSetName"].Text)),
        Stops("DeleteStackInstances", Instances, "stackSetName"));

    // A name, or arn:aws:cloudformation:eu-west-1:111122223333:stack/NAME/ID
    private static string? Name(Field asked)
    {
        var name = asked["stackName"].Text;
        return name is not null && name.StartsWith("arn:", StringComparison.Ordinal) && name.Split('/') is [_, { Length: > 0 } told, ..] ? told : name;
    }
}

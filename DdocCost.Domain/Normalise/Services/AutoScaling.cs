using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Auto Scaling groups, as owners of the instances they launch. Source: EC2 Auto Scaling API reference; a CloudTrail record of each
/// call.
/// </summary>
internal static class AutoScaling
{
    private const string Group = "autoscaling:group";

    public static readonly Service Service = new("autoscaling",
        Starts("CreateAutoScalingGroup", Group, (record, changes) => Sized(record, changes, required: false)),
        Changes("UpdateAutoScalingGroup", Group, (record, changes) => Sized(record, changes, required: true)),
        Changes("SetDesiredCapacity", Group, (record, changes) => Sized(record, changes, required: false)),
        Stops("DeleteAutoScalingGroup", Group, "autoScalingGroupName"));

    private static void Sized(CloudTrailRecord record, ChangeList changes, bool required)
    {
        var asked = record.Request;
        if (required && asked.IsObject && !asked["desiredCapacity"].IsPresent && !asked["minSize"].IsPresent && !asked["maxSize"].IsPresent)
        {
            return;
        }

        changes.Add(
            quantity: asked["desiredCapacity"].Or(asked["minSize"]).Amount,
            id: asked["autoScalingGroupName"].Text,
            definition: Ec2Terms.TemplateName(asked["launchTemplate"].Or(asked["mixedInstancesPolicy"]["launchTemplate"]["launchTemplateSpecification"])));
    }
}

using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Auto Scaling groups, as owners of the instances they launch. Source: EC2 Auto Scaling API reference; a CloudTrail record of each
/// call.
/// </summary>
internal static class AutoScaling
{
    private const string Group = "autoscaling:group";
    private const string Policy = "autoscaling:policy";
    private const string Pool = "autoscaling:warm-pool";

    public static readonly Service Service = new("autoscaling",
        Starts("CreateAutoScalingGroup", Group, (record, changes) => Sized(record, changes, required: false)),
        Changes("UpdateAutoScalingGroup", Group, (record, changes) => Sized(record, changes, required: true)),
        Changes("SetDesiredCapacity", Group, (record, changes) => Sized(record, changes, required: false)),
        Stops("DeleteAutoScalingGroup", Group, "autoScalingGroupName"),
        Changes("AttachInstances", Group, (record, changes) => changes.Add(
            quantityAdded: Math.Max(1, record.Request["instanceIds"].Items.Count), id: record.Request["autoScalingGroupName"].Text)),
        Changes("DetachInstances", Group, (record, changes) =>
        {
            if (record.Request["shouldDecrementDesiredCapacity"].Flag != false)
            {
                changes.Add(quantityAdded: -Math.Max(1, record.Request["instanceIds"].Items.Count), id: record.Request["autoScalingGroupName"].Text);
            }
        }),
        Changes("TerminateInstanceInAutoScalingGroup", Group, (record, changes) =>
        {
            if (record.Request["shouldDecrementDesiredCapacity"].Flag != false)
            {
                changes.Add(quantityAdded: -1, id: record.Response["activity"]["autoScalingGroupName"].Text);
            }
        }),
        Starts("PutWarmPool", Pool, (record, changes) => changes.Add(
            quantity: Math.Max(1, record.Request["minSize"].Amount ?? 1), id: record.Request["autoScalingGroupName"].Text)),
        Stops("DeleteWarmPool", Pool, "autoScalingGroupName"),
        Starts("PutScalingPolicy", Policy, (record, changes) => changes.Add(id: PolicyId(record))),
        Stops("DeletePolicy", Policy, (record, changes) => changes.Add(id: PolicyId(record))),
        Stops("DeleteScalingPolicy", Policy, (record, changes) => changes.Add(id: PolicyId(record))),
        Starts("PutScheduledUpdateGroupAction", Policy, (record, changes) => changes.Add(
            quantity: record.Request["desiredCapacity"].Or(record.Request["minSize"]).Amount,
            id: Ids.Within(record.Request["autoScalingGroupName"].Text, record.Request["scheduledActionName"].Text))),
        Stops("DeleteScheduledAction", Policy, (record, changes) => changes.Add(
            id: Ids.Within(record.Request["autoScalingGroupName"].Or(record.Request["resourceId"]).Text, record.Request["scheduledActionName"].Text))),
        Starts("PutScheduledAction", Policy, (record, changes) => changes.Add(
            id: Ids.Within(record.Request["resourceId"].Text, record.Request["scheduledActionName"].Text))),
        Starts("RegisterScalableTarget", Policy, (record, changes) => changes.Add(id: record.Request["resourceId"].Text)),
        Stops("DeregisterScalableTarget", Policy, "resourceId"));

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

    // The eventSource is shared with Application Auto Scaling, whose policies belong to a resource instead of a group.
    private static string? PolicyId(CloudTrailRecord record) =>
        Ids.Within(record.Request["autoScalingGroupName"].Or(record.Request["resourceId"]).Text, record.Request["policyName"].Text);
}

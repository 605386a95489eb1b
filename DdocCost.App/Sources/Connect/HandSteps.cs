namespace DdocCost.App.Sources.Connect;

/// <summary>What a person does in the console of AWS instead of deploying a file.</summary>
public static class HandSteps
{
    /// <summary>The steps for a draft, in order.</summary>
    public static IReadOnlyList<string> Of(ConnectDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return [.. Way(draft), .. Access(draft)];
    }

    private static IEnumerable<string> Way(ConnectDraft draft)
    {
        var way = draft.Chosen();
        if (way == EventWay.Events)
        {
            yield return $"SQS, {draft.FirstRegion()}: make a standard queue named ddoc-cost, visibility timeout 60 seconds, retention 14 days, with a dead-letter queue after 10 receives.";
            if (draft.OrganizationId.Trim() is { Length: > 0 } organization)
            {
                yield return $"EventBridge, same region: make an event bus named ddoc-cost that lets the organisation {organization} put events.";
            }

            yield return $"EventBridge, same region: make a rule on the bus {OnboardingFiles.BusOf(draft)} with the event pattern of the CloudFormation file and that queue as its target. The console writes the queue's policy.";
            if (OnboardingFiles.IsForwarding(draft))
            {
                yield return "EventBridge, in each other region or account: make the same rule on the bus default, with that bus as its target.";
            }
        }
        else if (way == EventWay.Notifications)
        {
            yield return $"SQS, {draft.FirstRegion()}, the bucket's region: make a standard queue named ddoc-cost, visibility timeout 60 seconds, retention 14 days, and let s3.amazonaws.com send to it from {draft.Bucket.Trim()}.";
            yield return $"S3, bucket {draft.Bucket.Trim()}, Properties: make an event notification for all object create events to that queue. The templates leave this step to you, since they do not own the bucket.";
        }
    }

    private static IEnumerable<string> Access(ConnectDraft draft)
    {
        yield return draft.Credential switch
        {
            Credential.Role => $"IAM: make a role that trusts {(draft.Principal.Trim() is { Length: > 0 } principal ? principal : "who runs dd0c/cost")} for sts:AssumeRole and sts:TagSession with the external id {draft.ExternalId}, and give it the IAM policy as an inline policy.",
            Credential.Key => "IAM: make a user without console access, give it the IAM policy as an inline policy, and make an access key for it.",
            _ => "IAM: give the role or user that this machine runs as the IAM policy as an inline policy.",
        };
        yield return "Come back and go on to the test.";
    }
}

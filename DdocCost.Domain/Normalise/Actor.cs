namespace DdocCost.Domain.Normalise;

/// <summary>What kind of principal acted.</summary>
public enum ActorKind
{
    /// <summary>The record does not say.</summary>
    Unknown = 0,

    /// <summary>A human being: an IAM or SSO user, or a person's session of an assumed role.</summary>
    Person,

    /// <summary>A pipeline, scaler or tool: a role or user that machines use.</summary>
    Automation,

    /// <summary>An AWS service acting on the account's behalf, such as Auto Scaling.</summary>
    AwsService,

    /// <summary>The account's root user.</summary>
    Root,
}

/// <summary>Who did it: the human or automation behind a CloudTrail userIdentity, the same across sessions.</summary>
/// <param name="Id">Stable key, such as <c>role/ci-deploy</c>, <c>role/Developer/alice</c>, <c>user/deploy-bot</c>, <c>root</c>, <c>service/autoscaling</c>.</param>
/// <param name="Name">What a person calls it: <c>alice</c>, <c>ci-deploy</c>, <c>deploy-bot</c>, <c>Auto Scaling</c>.</param>
/// <param name="Kind">Person, automation, AWS service, root or unknown.</param>
/// <param name="Arn">The principal's ARN as recorded, or null.</param>
public sealed record Actor(string Id, string Name, ActorKind Kind, string? Arn)
{
    /// <summary>Nobody we can name.</summary>
    public static readonly Actor Unknown = new("unknown", "unknown", ActorKind.Unknown, null);
}

using System.Text.RegularExpressions;

namespace DdocCost.Domain.Normalise;

/// <summary>
/// What tells a person from a machine behind a role's session or an IAM user. CloudTrail does not say it, so this weighs signals,
/// strongest first:
/// <list type="number">
/// <item>an IAM Identity Center role (<c>AWSReservedSSO_*</c>) or a source identity set by the identity provider: a person;</item>
/// <item>an e-mail address as session name: a person;</item>
/// <item>MFA, or a session of the AWS console: a person (its name is the session's, unless that is generated);</item>
/// <item>a generated session name (instance id, digits, random), or a role, session or user agent that sounds automated: a machine;</item>
/// <item>a role that people take (Developer, Admin, …), or a session named first.last: a person;</item>
/// <item>else a machine: most sessions are.</item>
/// </list>
/// </summary>
/// <param name="Role">The role's name; empty for an IAM user.</param>
/// <param name="Session">Session name, source identity or user name.</param>
/// <param name="UserAgent">userAgent of the call.</param>
/// <param name="HasMfa">The session was opened with a second factor, which machines do not have.</param>
/// <param name="FromConsole">sessionCredentialFromConsole of the record.</param>
/// <param name="HasSourceIdentity">The session name is a source identity.</param>
internal readonly partial record struct ActorSignals(
    string Role, string? Session, string? UserAgent, bool HasMfa, bool FromConsole, bool HasSourceIdentity)
{
    /// <summary>A person's session of a role.</summary>
    public bool IsPerson =>
        HasSourceIdentity || SsoPermissionSet(Role) is not null || IsEmail(Session) || HasMfa || IsConsole
        || (!IsAutomated && (PeoplesRole().IsMatch(Role) || (Session is not null && FirstLast().IsMatch(Session))));

    /// <summary>A person's IAM user: unless its name or its tool says otherwise, users are people and roles are machines.</summary>
    public bool IsUserPerson => IsEmail(Session) || HasMfa || IsConsole || !IsAutomated;

    /// <summary>What to call the person: the session name, or null where that is generated and differs from session to session.</summary>
    public string? PersonName => Session is null || IsMachineSession(Session) ? null : Session;

    private bool IsConsole => FromConsole || (UserAgent is not null && ConsoleAgent().IsMatch(UserAgent));

    private bool IsAutomated =>
        (Session is not null && (IsMachineSession(Session) || SoundsAutomated(Session)))
        || SoundsAutomated(Role)
        || (UserAgent is not null && AutomationAgent().IsMatch(UserAgent));

    /// <summary><c>AWSReservedSSO_PowerUser_0123456789abcdef</c> → <c>PowerUser</c>; null for any other role.</summary>
    public static string? SsoPermissionSet(string role) => SsoRole().Match(role) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>A name that some tool made up for one session: an instance id, a number, a task or commit id.</summary>
    public static bool IsMachineSession(string session) => GeneratedSession().IsMatch(session);

    /// <summary>A name given to a pipeline, tool or service.</summary>
    public static bool SoundsAutomated(string name) => AutomationName().IsMatch(name);

    private static bool IsEmail(string? session) => session is not null && session.IndexOf('@', StringComparison.Ordinal) > 0;

    [GeneratedRegex(@"^AWSReservedSSO_(.+?)(?:_[0-9a-f]{16})?$")]
    private static partial Regex SsoRole();

    // i-0abc…; 1693838393; botocore-session-1693838393; aws-sdk-java-1693838393; tfc-run-ab12; any run of eight and more hex digits with a digit.
    [GeneratedRegex(
        @"^i-[0-9a-f]{8,17}$|^[0-9]+$|^(?:botocore|aws-?(?:cli|sdk|go)|boto3?|python|java)[\w-]*$|^(?:tfc|run|build|job|task|session|pod)[-_].*|(?=[0-9a-f-]*\d)(?<![0-9a-z])[0-9a-f]{8,}(?![0-9a-z])|[-_]\d{6,}$",
        RegexOptions.IgnoreCase)]
    private static partial Regex GeneratedSession();

    // Whole words only, so that "Abbot" is no bot; camel case counts as words.
    [GeneratedRegex(
        @"(?<![A-Za-z])(?i:ci|cd|cicd|bot|deploy(?:er|ment)?|svc|service|automation|automated|pipelines?|runner|builder?|worker|agent|daemon|cron|nightly|scheduler|scaler|autoscal\w*|integration|robot|machine|lambda|batch|etl|airflow|terraform|tfc|opentofu|atlantis|pulumi|ansible|packer|crossplane|karpenter|kubernetes|k8s|eks|ecs|argocd|flux|spinnaker|jenkins|github\w*|gitlab\w*|bitbucket|circleci|travis\w*|buildkite|teamcity|codebuild|codepipeline|codedeploy|cloudformation|cdk|datadog|newrelic|backup|sync|system)(?![a-z])|(?:Bot|Deploy|Service|Automation|Pipelines?|Runner|Worker|Agent|Scheduler|Lambda|Batch|Terraform|Jenkins|GitHub\w*|GitLab\w*|CI|CD|CodeBuild)(?![a-z])")]
    private static partial Regex AutomationName();

    [GeneratedRegex(@"terraform|opentofu|pulumi|ansible|packer|crossplane|karpenter|cluster-autoscaler|kubernetes|kops|cloudformation|aws-cdk|exec-env/AWS_(?:Lambda|ECS)|codebuild|jenkins|github-actions|gitlab|airflow", RegexOptions.IgnoreCase)]
    private static partial Regex AutomationAgent();

    [GeneratedRegex(@"^(?:console\.|signin\.|S3Console|Mozilla/|\[?aws-internal/3 .*console|AWSCloudShell|.*exec-env/CloudShell)", RegexOptions.IgnoreCase)]
    private static partial Regex ConsoleAgent();

    [GeneratedRegex(@"(?i:developer|admin|engineer|power-?user|operator|analyst|scientist|read-?only|support|staff|people|human|console|breakglass|break-glass|OrganizationAccountAccess|Cloud9)")]
    private static partial Regex PeoplesRole();

    [GeneratedRegex(@"^[a-z]{2,}[.][a-z]{2,}$", RegexOptions.IgnoreCase)]
    private static partial Regex FirstLast();
}

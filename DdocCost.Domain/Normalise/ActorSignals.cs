using System.Text.RegularExpressions;

namespace DdocCost.Domain.Normalise;

/// <summary>
/// What tells a person from a machine behind a role's session or an IAM user. CloudTrail does not say it, so this weighs signals,
/// strongest first:
/// <list type="number">
/// <item>an instance id as session name: a machine, whatever else is said;</item>
/// <item>an IAM Identity Center role (<c>AWSReservedSSO_*</c>) or a source identity set by the identity provider: a person;</item>
/// <item>an e-mail address as session name: a person;</item>
/// <item>MFA, or a call that came out of the AWS console: a person (named by the session, unless its name is generated);</item>
/// <item>a generated session name (digits, random), or a role, session or user agent that sounds automated: a machine;</item>
/// <item>a role that people take (Developer, Admin, …), or a session named by a plain name (alice, first.last): a person;</item>
/// <item>else a machine for a role, a person for an IAM user: what each is mostly used for.</item>
/// </list>
/// For an IAM user the tool alone proves nothing: people run Terraform by hand. An agent that only runs unattended does.
/// </summary>
/// <param name="Role">The role's name; empty for an IAM user.</param>
/// <param name="Session">Session name, source identity or user name.</param>
/// <param name="UserAgent">userAgent of the call.</param>
/// <param name="HasMfa">The session was opened with a second factor, which machines do not have.</param>
/// <param name="FromConsole">The call came out of the AWS console.</param>
/// <param name="HasSourceIdentity">The session name is a source identity.</param>
internal readonly partial record struct ActorSignals(
    string Role, string? Session, string? UserAgent, bool HasMfa, bool FromConsole, bool HasSourceIdentity)
{
    /// <summary>A person's session of a role.</summary>
    public bool IsPerson => IsSurelyPerson || (!IsAutomated && LooksHuman);

    /// <summary>A person's IAM user.</summary>
    public bool IsUserPerson => IsSurelyPerson || !(SoundsAutomated(Session) || IsMachineSession(Session) || Matches(UnattendedAgent()));

    /// <summary>What to call the person: the session name, or null where that is generated and differs from session to session.</summary>
    public string? PersonName => IsMachineSession(Session) ? null : Session;

    private bool IsInstance => Session is not null && InstanceId().IsMatch(Session);

    /// <summary>Told by more than names.</summary>
    public bool IsSurelyPerson => !IsInstance && (HasSourceIdentity || SsoPermissionSet(Role) is not null || IsEmail(Session)
        || HasMfa || FromConsole || Matches(ConsoleAgent()));

    private bool IsAutomated =>
        IsMachineSession(Session) || SoundsAutomated(Session) || SoundsAutomated(Role) || Matches(ToolAgent()) || Matches(UnattendedAgent());

    private bool LooksHuman => PeoplesRole().IsMatch(Role) || (Session is not null && PlainName().IsMatch(Session));

    /// <summary><c>AWSReservedSSO_PowerUser_0123456789abcdef</c> → <c>PowerUser</c>; null for any other role.</summary>
    public static string? SsoPermissionSet(string role)
    {
        const string prefix = "AWSReservedSSO_";
        if (!role.StartsWith(prefix, StringComparison.Ordinal) || role.Length == prefix.Length)
        {
            return null;
        }

        var hash = role.LastIndexOf('_');
        return hash > prefix.Length && role.Length - hash == 17 ? role[prefix.Length..hash] : role[prefix.Length..];
    }

    /// <summary>A name that some tool made up for one session: an instance id, a number, a task or commit id.</summary>
    public static bool IsMachineSession(string? session) => session is not null && GeneratedSession().IsMatch(session);

    /// <summary>A name given to a pipeline, tool or service.</summary>
    public static bool SoundsAutomated(string? name) => name is not null && AutomationName().IsMatch(name);

    private static bool IsEmail(string? session) => session is not null && session.IndexOf('@', StringComparison.Ordinal) > 0;

    private bool Matches(Regex agent) => UserAgent is not null && agent.IsMatch(UserAgent);

    [GeneratedRegex("^i-[0-9a-f]{8,17}$")]
    private static partial Regex InstanceId();

    // An instance id; 1693838393; botocore-session-1693838393; tfc-run-ab12; any word of eight and more hex digits that has a digit.
    [GeneratedRegex(
        """
        ^i-[0-9a-f]{8,17}$
        | ^[0-9]+$
        | ^(?:botocore|boto3?|aws-?(?:cli|sdk|go)|python|java)[-\w]*$
        | ^(?:tfc|run|build|job|task|session|pod)[-_].
        | (?<![0-9a-z])(?=[a-f]*[0-9])[0-9a-f]{8,}(?![0-9a-z])
        | [-_][0-9]{6,}$
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex GeneratedSession();

    // Words of their own (ci-deploy, nightly_etl) or of camel case (DeployRole, CIRunner), so that "Abbott" is no bot.
    [GeneratedRegex(
        """
        (?<![A-Za-z])(?i:ci|cd|cicd|bot|deploy|deployer|deployment|svc|service|automation|automated|pipelines?|runner|build|builder|worker
        |agent|daemon|cron|nightly|scheduler|scaler|autoscal\w*|integration|robot|machine|lambda|batch|etl|airflow|terraform|tfc|opentofu
        |atlantis|pulumi|ansible|packer|crossplane|karpenter|kubernetes|k8s|eks|ecs|argocd|flux|spinnaker|jenkins|github\w*|gitlab\w*
        |bitbucket|circleci|travis\w*|buildkite|teamcity|codebuild|codepipeline|codedeploy|cloudformation|cdk|datadog|newrelic|backup
        |sync|system)(?![a-z])
        | (?:Bot|Deploy|Deployer|Deployment|Service|Automation|Pipelines?|Runner|Build|Builder|Worker|Agent|Scheduler|Lambda|Batch|Terraform
        |Jenkins|GitHub\w*|GitLab\w*|CI|CD|CodeBuild|CodePipeline|CodeDeploy|CloudFormation)(?![a-z])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex AutomationName();

    // Tools that people run by hand as well.
    [GeneratedRegex("terraform|opentofu|pulumi|ansible|packer|kops|aws-cdk", RegexOptions.IgnoreCase)]
    private static partial Regex ToolAgent();

    // What only runs by itself.
    [GeneratedRegex(
        "crossplane|karpenter|cluster-autoscaler|kubernetes|exec-env/AWS_(?:Lambda|ECS)|codebuild|jenkins|github-actions|gitlab|airflow|lambda-worker",
        RegexOptions.IgnoreCase)]
    private static partial Regex UnattendedAgent();

    [GeneratedRegex(
        @"^\[?(?:console\.|signin\.|S3Console|Mozilla/|AWS CloudWatch Console|AWSCloudShell|\w+Console(?:Frontend)?,)|exec-env/CloudShell",
        RegexOptions.IgnoreCase)]
    private static partial Regex ConsoleAgent();

    [GeneratedRegex(
        "developer|admin|engineer|power-?user|operator|analyst|scientist|read-?only|support|staff|people|human|break-?glass|OrganizationAccountAccess",
        RegexOptions.IgnoreCase)]
    private static partial Regex PeoplesRole();

    // alice, first.last: people give their own name; tools give made-up ones, or one of these words.
    [GeneratedRegex(
        @"^(?!(?:app|main|default|prod|production|staging|stage|dev|test|api|web|cli|aws|data|session|role|root|job|task|run|null|none|unknown)$)[a-z]{3,20}$|^[a-zA-Z]{2,}\.[a-zA-Z]{2,}$")]
    private static partial Regex PlainName();
}

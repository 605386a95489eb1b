using System.Globalization;

namespace DdocCost.Jobs.Demo.Trail;

/// <summary>Who makes a call, from where and with what.</summary>
/// <remarks>Shapes: AWS CloudTrail user guide, "CloudTrail userIdentity element".</remarks>
public abstract record Caller(string Arn, string SourceIp, string UserAgent)
{
    /// <summary>What AWS CLI version 2 calls itself.</summary>
    public const string Cli = "aws-cli/2.22.4 md/awscrt#0.23.1 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.6";

    /// <summary>What the EC2 console's calls carry.</summary>
    public const string Console = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";

    /// <summary>What Terraform's AWS provider calls itself.</summary>
    public const string Terraform = "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.76.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.32.4";

    /// <summary>What the Python SDK calls itself.</summary>
    public const string Python = "Boto3/1.35.60 md/Botocore#1.35.60 ua/2.0 os/linux#6.1.0 md/arch#x86_64 lang/python#3.12.7";

    /// <summary>The userIdentity element of a call at that time.</summary>
    public abstract object Identity(Account account, DateTimeOffset at);

    /// <summary>A person signed in through IAM Identity Center, working in the console or with the CLI.</summary>
    public static Caller Person(Account account, string name) => new RoleSession(
        account, $"AWSReservedSSO_PowerUserAccess_{Dice.For(account.Seed, account.Kind, "sso").Hex(16)}", $"{name}@{account.MailDomain}", Address(account, name), Console, Mfa: true);

    /// <summary>A pipeline or tool that assumes a role.</summary>
    public static Caller Automation(Account account, string role, string session, string userAgent = Python) =>
        new RoleSession(account, role, session, Address(account, role), userAgent, Mfa: false);

    /// <summary>An IAM user with a long-lived access key.</summary>
    public static Caller User(Account account, string name, string sourceIp, string userAgent = Cli) => new IamUser(account, name, sourceIp, userAgent);

    /// <summary>An AWS service acting through its service-linked role, such as Auto Scaling.</summary>
    public static Caller Service(Account account, string role, string session, string service) => new ServiceSession(account, role, session, service);

    // Documentation addresses (RFC 5737); the same caller comes from the same one.
    private static string Address(Account account, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"203.0.113.{1 + (Dice.For(account.Seed, "address", name).Next() % 250)}");

    private sealed record RoleSession(Account Account, string Role, string Session, string SourceIp, string UserAgent, bool Mfa)
        : Caller($"arn:aws:sts::{Account.Id}:assumed-role/{Role}/{Session}", SourceIp, UserAgent)
    {
        public override object Identity(Account account, DateTimeOffset at) => new
        {
            type = "AssumedRole",
            principalId = $"AROA{account.Code(Role, 17)}:{Session}",
            arn = Arn,
            accountId = account.Id,
            accessKeyId = $"ASIA{account.Code(Role + Session, 16)}",
            sessionContext = SessionOf(account, Role, at, Mfa),
        };
    }

    private sealed record ServiceSession(Account Account, string Role, string Session, string Principal)
        : Caller($"arn:aws:sts::{Account.Id}:assumed-role/{Role}/{Session}", Principal, Principal)
    {
        public override object Identity(Account account, DateTimeOffset at) => new
        {
            type = "AssumedRole",
            principalId = $"AROA{account.Code(Role, 17)}:{Session}",
            arn = Arn,
            accountId = account.Id,
            sessionContext = SessionOf(account, Role, at, mfa: false),
            invokedBy = Principal,
        };
    }

    private sealed record IamUser(Account Account, string Name, string SourceIp, string UserAgent)
        : Caller($"arn:aws:iam::{Account.Id}:user/{Name}", SourceIp, UserAgent)
    {
        public override object Identity(Account account, DateTimeOffset at) => new
        {
            type = "IAMUser",
            principalId = $"AIDA{account.Code(Name, 17)}",
            arn = Arn,
            accountId = account.Id,
            accessKeyId = $"AKIA{account.Code(Name + "key", 16)}",
            userName = Name,
        };
    }

    private static object SessionOf(Account account, string role, DateTimeOffset at, bool mfa) => new
    {
        sessionIssuer = new
        {
            type = "Role",
            principalId = $"AROA{account.Code(role, 17)}",
            arn = $"arn:aws:iam::{account.Id}:role/{role}",
            accountId = account.Id,
            userName = role,
        },
        attributes = new { creationDate = TrailRecord.Iso(at.AddMinutes(-at.Minute).AddSeconds(-at.Second)), mfaAuthenticated = mfa ? "true" : "false" },
    };
}

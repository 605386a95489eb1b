using System.Text.RegularExpressions;

namespace DdocCost.Jobs.Aws;

/// <summary>Says of a refusal which permission would have been needed.</summary>
public static partial class MissingPermission
{
    /// <summary>The IAM action that was refused: AWS's own word where it names one, else the operation's first; null where the refusal has other reasons.</summary>
    public static string? Of(AwsException error) => !error.IsDenied ? null
        : Named().Match(error.Reason) is { Success: true } named ? named.Groups["action"].Value
        : error.Operation.Actions is [var first, ..] ? first : null;

    /// <summary>A failure as one sentence for a person.</summary>
    public static string Describe(Exception error) => error switch
    {
        AwsException denied when Of(denied) is { } action => $"AWS refuses {action}; a policy has to allow it. ({denied.Code}: {denied.Reason})",
        AwsException { IsBadCredentials: true } bad => $"AWS does not know the credentials, or their secret is wrong. ({bad.Code})",
        AwsException { IsThrottling: true } => "AWS asks us to slow down; it goes on by itself.",
        AwsException { Code: AwsException.Resting } resting => $"AWS is not asked now: {resting.Reason}.",
        AwsException { Code: AwsException.Unreachable } unreachable => $"AWS cannot be reached: {unreachable.Reason}",
        _ => error.Message,
    };

    [GeneratedRegex("perform: (?<action>[a-z0-9-]+:[A-Za-z0-9]+)")]
    private static partial Regex Named();
}

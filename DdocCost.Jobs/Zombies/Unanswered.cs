using System.Text.Json;
using System.Xml;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;

namespace DdocCost.Jobs.Zombies;

/// <summary>Why AWS gave no answer that could be used.</summary>
internal static class Unanswered
{
    /// <summary>In words for a person; null where the error is none of AWS's.</summary>
    public static string? Words(Exception error) => error switch
    {
        AwsException { IsThrottling: true } aws => $"AWS throttled {aws.Operation.Name} to the end",
        AwsException { IsDenied: true } aws => $"no permission for {string.Join(", ", aws.Operation.Actions)}",
        AwsException { IsExpired: true } => "the session has expired and could not be renewed",
        AwsException { IsBadCredentials: true } => "AWS does not accept the credentials",
        AwsException aws => $"{aws.Operation.Name} failed: {aws.Code}",
        AnswerWithoutException without => without.Message,
        NoCredentialsException none => none.Message,
        JsonException or XmlException => "the answer could not be read",
        _ => null,
    };
}

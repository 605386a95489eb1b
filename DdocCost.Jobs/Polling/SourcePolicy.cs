using System.Text.Encodings.Web;
using System.Text.Json;
using DdocCost.Domain.Sources;

namespace DdocCost.Jobs.Polling;

/// <summary>A permission that a source needs.</summary>
/// <param name="Action">The IAM action.</param>
/// <param name="Resource">The ARN it is needed on, or <c>*</c> where the action knows no resources.</param>
public sealed record SourcePermission(string Action, string Resource);

/// <summary>The permissions that each kind of source needs, as IAM policies.</summary>
public static class SourcePolicy
{
    // For people to read: without escapes where JSON needs none.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The permissions of a source.</summary>
    public static IReadOnlyList<SourcePermission> Of(ConnectedAccount account, TrailSource source) => source switch
    {
        TrailSource.TrailBucket bucket => Bucket(account, bucket.Bucket, bucket.Prefix),
        TrailSource.EventQueue queue => Queue(account, queue),
        TrailSource.BucketNotifications queue => [.. Queue(account, queue), .. Objects(account, "*", "")],
        TrailSource.EventLookup => [new("cloudtrail:LookupEvents", "*")],
        _ => throw new ArgumentException($"No policy for {source.Kind}.", nameof(source)),
    };

    /// <summary>Permissions as a policy document.</summary>
    public static string Document(IEnumerable<SourcePermission> permissions) => JsonSerializer.Serialize(
        new
        {
            Version = "2012-10-17",
            Statement = permissions.GroupBy(permission => permission.Resource).Select(group => new
            {
                Effect = "Allow", Action = group.Select(permission => permission.Action), Resource = group.Key,
            }),
        },
        Readable);

    private static IReadOnlyList<SourcePermission> Bucket(ConnectedAccount account, string bucket, string prefix) =>
        [new("s3:ListBucket", $"arn:{account.Partition}:s3:::{bucket}"), .. Objects(account, bucket, prefix)];

    private static IReadOnlyList<SourcePermission> Objects(ConnectedAccount account, string bucket, string prefix) =>
    [
        new("s3:GetObject", $"arn:{account.Partition}:s3:::{bucket}/{(prefix.Length == 0 ? "" : prefix + "/")}AWSLogs/*"),
        new("kms:Decrypt", $"arn:{account.Partition}:kms:*:{account.AccountId}:key/*"), // only where the trail is encrypted with a key of one's own
    ];

    private static IReadOnlyList<SourcePermission> Queue(ConnectedAccount account, TrailSource.Queue queue)
    {
        var parts = new Uri(queue.QueueUrl).Segments.Select(segment => segment.Trim('/')).ToArray();
        var arn = $"arn:{account.Partition}:sqs:{queue.Region}:{parts[^2]}:{parts[^1]}";
        return [.. ((string[])["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"]).Select(action => new SourcePermission(action, arn))];
    }
}

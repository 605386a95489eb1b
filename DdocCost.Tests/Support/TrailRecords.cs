using System.IO.Compression;
using System.Text;
using DdocCost.Domain.Ingestion;

namespace DdocCost.Tests.Support;

/// <summary>CloudTrail records and deliveries of our own making, as small as they may be.</summary>
public static class TrailRecords
{
    /// <summary>What the records' time counts from.</summary>
    public static readonly DateTimeOffset Start = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One m5.large started; the number makes eventID, instance id and time.</summary>
    public static string RunInstance(int number, string account = "111122223333") => Record(
        number, account, "RunInstances",
        """{"instanceType":"m5.large","instancesSet":{"items":[{"minCount":1,"maxCount":1}]}}""",
        $$"""{"instancesSet":{"items":[{"instanceId":"i-{{number:x17}}","instanceType":"m5.large"}] } }""");

    /// <summary>A read, which costs nothing.</summary>
    public static string DescribeInstances(int number, string account = "111122223333") => Record(number, account, "DescribeInstances", "{}", "null");

    /// <summary>The eventID, and so the key, of a numbered record.</summary>
    public static Guid KeyOf(int number) => new(number, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>A log file of these records.</summary>
    public static byte[] Log(params string[] records) => Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', records)}}]}""");

    /// <summary>The same gzipped.</summary>
    public static byte[] Gzipped(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    /// <summary>As a source would deliver it.</summary>
    public static Delivery Delivery(string name, byte[] content) => new(name, Start, () => new MemoryStream(content));

    private static string Record(int number, string account, string name, string request, string response) =>
        $$"""
        {"eventVersion":"1.10","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::{{account}}:user/alice","accountId":"{{account}}","userName":"alice"},
        "eventTime":"{{Start.AddSeconds(number):yyyy-MM-ddTHH:mm:ssZ}}","eventSource":"ec2.amazonaws.com","eventName":"{{name}}","awsRegion":"eu-west-1",
        "sourceIPAddress":"198.51.100.7","userAgent":"aws-cli","requestParameters":{{request}},"responseElements":{{response}},
        "eventID":"{{KeyOf(number)}}","eventType":"AwsApiCall","recipientAccountId":"{{account}}"}
        """;
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DdocCost.Tests.Ingestion.Reader;

/// <summary>Makes records and the envelopes they are delivered in.</summary>
internal static class Trail
{
    public const string Account = "111122223333";

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The n-th record: its eventName is <c>Call{n}</c> and its eventID follows from n.</summary>
    public static string Record(int n, string extra = "") => """
        {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","accountId":"111122223333","sessionContext":{"attributes":{"mfaAuthenticated":"false"}}},"eventTime":"2026-03-02T10:00:00Z","eventSource":"ec2.amazonaws.com","eventName":"Call#n#","requestParameters":{"text":"braces } ] and \"quotes\" \\","list":[{"a":1},{"b":[2,3]}]},"resources":[{"ARN":"arn:aws:s3:::b"}],#extra#"eventID":"#id#","recipientAccountId":"111122223333"}
        """
        .Replace("#n#", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("#id#", Id(n).ToString(), StringComparison.Ordinal)
        .Replace("#extra#", extra, StringComparison.Ordinal);

    /// <summary>The key of the n-th record.</summary>
    public static Guid Id(int n) => new(n, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    public static string[] Records(int count) => [.. Enumerable.Range(0, count).Select(n => Record(n))];

    public static string LogFile(params string[] records) => $$"""{"Records":[{{string.Join(',', records)}}]}""";

    public static string JsonLines(params string[] records) => string.Join('\n', records) + "\n";

    public static string Envelope(string record, string detailType = "AWS API Call via CloudTrail") =>
        $$"""{"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602","detail-type":{{Quoted(detailType)}},"source":"aws.ec2","account":"{{Account}}","region":"eu-west-1","resources":[],"detail":{{record}}}""";

    public static string LookupEvents(params string[] records) =>
        $$"""{"Events":[{{string.Join(',', records.Select(LookupEntry))}}],"NextToken":"more"}""";

    public static string LookupEntry(string record) => $$"""{"EventId":"x","ReadOnly":"false","EventTime":1700000000.0,"CloudTrailEvent":{{Quoted(record)}}}""";

    public static string LogEvents(params string[] messages) =>
        $$"""{"messageType":"DATA_MESSAGE","owner":"{{Account}}","logGroup":"trail","logEvents":[{{string.Join(',', messages.Select((message, i) => $$"""{"id":"{{i}}","timestamp":1,"message":{{Quoted(message)}}}"""))}}]}""";

    /// <summary>What SNS posts.</summary>
    public static string SnsMessage(string message) =>
        $$"""{"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:eu-west-1:{{Account}}:trail","Message":{{Quoted(message)}},"Timestamp":"2026-03-02T10:00:00.000Z","SignatureVersion":"1"}""";

    /// <summary>What <c>aws sqs receive-message</c> prints.</summary>
    public static string SqsMessages(params string[] bodies) =>
        $$"""{"Messages":[{{string.Join(',', bodies.Select((body, i) => $$"""{"MessageId":"{{i}}","ReceiptHandle":"r","Body":{{Quoted(body)}}}"""))}}]}""";

    /// <summary>What a function behind a queue gets.</summary>
    public static string SqsToFunction(params string[] bodies) =>
        $$"""{"Records":[{{string.Join(',', bodies.Select((body, i) => $$"""{"messageId":"{{i}}","body":{{Quoted(body)}},"attributes":{},"eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:{{Account}}:q","awsRegion":"eu-west-1"}"""))}}]}""";

    /// <summary>What a function behind a topic gets.</summary>
    public static string SnsToFunction(params string[] messages) =>
        $$"""{"Records":[{{string.Join(',', messages.Select(message => $$"""{"EventSource":"aws:sns","EventVersion":"1.0","EventSubscriptionArn":"a","Sns":{{SnsMessage(message)}}}"""))}}]}""";

    public static string Quoted(string text) => JsonSerializer.Serialize(text);

    public static string Indented(string json) => JsonNode.Parse(json)!.ToJsonString(Pretty);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    public static byte[] Gzip(string text) => Gzip(Utf8(text));
}

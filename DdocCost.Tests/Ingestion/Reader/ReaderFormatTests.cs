using DdocCost.Domain.Ingestion;
using Xunit;

namespace DdocCost.Tests.Ingestion.Reader;

/// <summary>The shapes in which CloudTrail records are delivered.</summary>
public sealed class ReaderFormatTests
{
    private static readonly string[] Three = Trail.Records(3);

    public static TheoryData<string, string> Deliveries() => new()
    {
        { "log file", Trail.LogFile(Three) },
        { "log file with other properties around", $$"""{"a":{"Records":[1]},"Records":[{{string.Join(',', Three)}}],"z":["]",{"y":1}]}""" },
        { "log file, indented", Trail.Indented(Trail.LogFile(Three)) },
        { "log file behind a byte order mark", "\uFEFF" + Trail.LogFile(Three) },
        { "two log files, concatenated", Trail.LogFile(Three[0]) + "\n" + Trail.LogFile(Three[1], Three[2]) },
        { "JSON lines", Trail.JsonLines(Three) },
        { "JSON lines with blank lines and CRLF", "\r\n" + Three[0] + "\r\n\r\n" + Three[1] + "\r\n" + Three[2] },
        { "JSON lines of envelopes", Trail.JsonLines([.. Three.Select(record => Trail.Envelope(record))]) },
        { "JSON lines of texts", Trail.JsonLines([.. Three.Select(Trail.Quoted)]) },
        { "JSON lines of envelopes in texts", Trail.JsonLines([.. Three.Select(record => Trail.Quoted(Trail.Envelope(record)))]) },
        { "JSON lines of lookup entries", Trail.JsonLines([.. Three.Select(Trail.LookupEntry)]) },
        { "objects without anything between", string.Concat(Three) },
        { "indented objects one after another", string.Concat(Three.Select(Trail.Indented)) },
        { "array of records", $"[{string.Join(",\n", Three)}]" },
        { "array of envelopes", $"[{string.Join(',', Three.Select(record => Trail.Envelope(record)))}]" },
        { "array of log files", $"[{Trail.LogFile(Three[0])},{Trail.LogFile(Three[1], Three[2])}]" },
        { "LookupEvents output", Trail.LookupEvents(Three) },
        { "LookupEvents output, indented", Trail.Indented(Trail.LookupEvents(Three)) },
        { "CloudWatch Logs payload", Trail.LogEvents(Three) },
        { "two CloudWatch Logs payloads", Trail.LogEvents(Three[0]) + Trail.LogEvents(Three[1], Three[2]) },
        { "Firehose file of envelopes", string.Concat(Three.Select(record => Trail.Envelope(record))) },
        { "SNS notifications of records", string.Concat(Three.Select(Trail.SnsMessage)) },
        { "SNS notifications of envelopes as JSON lines", Trail.JsonLines([.. Three.Select(record => Trail.SnsMessage(Trail.Envelope(record)))]) },
        { "SNS notification of a log file", Trail.SnsMessage(Trail.LogFile(Three)) },
        { "SNS notification of two log files", Trail.SnsMessage(Trail.LogFile(Three[0]) + Trail.LogFile(Three[1], Three[2])) },
        { "SQS messages of envelopes", Trail.SqsMessages([.. Three.Select(record => Trail.Envelope(record))]) },
        { "SQS messages, indented", Trail.Indented(Trail.SqsMessages(Three)) },
        { "SQS messages of SNS notifications of envelopes", Trail.SqsMessages([.. Three.Select(record => Trail.SnsMessage(Trail.Envelope(record)))]) },
        { "SQS messages of SNS notifications of log files", Trail.SqsMessages(Trail.SnsMessage(Trail.LogFile(Three[0])), Trail.SnsMessage(Trail.LogFile(Three[1], Three[2]))) },
        { "SQS messages as a function gets them", Trail.SqsToFunction([.. Three.Select(record => Trail.Envelope(record))]) },
        { "SNS notifications as a function gets them", Trail.SnsToFunction(Three) },
        { "SQS message of a CloudWatch Logs payload", Trail.SqsMessages(Trail.LogEvents(Three)) },
    };

    [Theory]
    [MemberData(nameof(Deliveries))]
    public void Same_records_in_any_envelope_have_the_same_keys_and_positions(string shape, string delivery)
    {
        foreach (var reading in new[] { Reading.Of(delivery), Reading.Of(Trail.Gzip(delivery)), Reading.Of(new DrippingStream(Trail.Utf8(delivery), 1)) })
        {
            Assert.True(reading.Rejected.Count == 0, $"{shape}: {reading.Rejected.FirstOrDefault()}");
            Assert.Equal([Trail.Id(0), Trail.Id(1), Trail.Id(2)], reading.Records.Select(record => record.Key));
            Assert.Equal([0L, 1L, 2L], reading.Records.Select(record => record.Position));
            Assert.All(reading.Records, record => Assert.Equal((Trail.Account, "ec2.amazonaws.com"), (record.Account, record.Source)));
        }
    }

    [Fact]
    public void Bare_record_is_handed_over_as_it_lies_there()
    {
        var record = Trail.Record(7);
        var handed = Assert.Single(Reading.Of(" " + record + " ").Records);
        Assert.Equal(record, handed.Json);
        Assert.Equal("Call7", handed.Name);
    }

    [Fact]
    public void Gzip_of_several_members_is_read_to_its_end()
    {
        byte[] members = [.. Trail.Gzip("""{"Records":[""" + Trail.Record(0) + ","), .. Trail.Gzip(Trail.Record(1) + "]}")];
        Assert.Equal(["Call0", "Call1"], Reading.Of(members).Names);
    }

    [Fact]
    public void Gzip_in_gzip_is_read_as_Firehose_writes_what_CloudWatch_Logs_gave_it()
    {
        byte[] members = [.. Trail.Gzip(Trail.LogEvents(Three[0])), .. Trail.Gzip(Trail.LogEvents(Three[1], Three[2]))];
        Assert.Equal(["Call0", "Call1", "Call2"], Reading.Of(Trail.Gzip(members)).Names);
    }

    [Fact]
    public void Bad_message_among_good_ones_costs_only_itself()
    {
        var reading = Reading.Of(Trail.SqsMessages(Three[0], Trail.LogFile(Three[1])[..^20], Trail.SnsMessage(Three[2])));
        Assert.Equal(["Call0", "Call2"], reading.Names);
        Assert.Single(reading.Rejected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    [InlineData("""{"Records":[]}""")]
    [InlineData("[]")]
    public void Delivery_without_records_is_nothing_bad(string delivery)
    {
        var reading = Reading.Of(delivery);
        Assert.Empty(reading.Records);
        Assert.Empty(reading.Rejected);
    }

    [Fact]
    public void Digest_file_is_left_alone_with_a_note()
    {
        var reading = Reading.Of("""{"awsAccountId":"111122223333","digestS3Bucket":"b","logFiles":[{"s3Bucket":"b","newestEventTime":"x"}]}""");
        Assert.Empty(reading.Records);
        Assert.Empty(reading.Rejected);
        Assert.Contains("digest", Assert.Single(reading.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Insight_events_are_counted_but_can_never_cost_and_make_one_note()
    {
        var insight = """{"eventVersion":"1.07","eventTime":"2026-03-02T10:00:00Z","eventType":"AwsCloudTrailInsight","insightDetails":{"eventSource":"ec2.amazonaws.com","eventName":"RunInstances"},"recipientAccountId":"111122223333"}""";
        var reading = Reading.Of(Trail.LogFile(insight, Trail.Record(1), insight));
        Assert.Equal(["", "Call1", ""], reading.Names);
        Assert.Contains("Insight", Assert.Single(reading.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version":"0","detail-type":"ECS Deployment State Change","source":"aws.ecs","detail":{"eventType":"ERROR","eventName":"SERVICE_DEPLOYMENT_FAILED"}}""")]
    [InlineData("""{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventTime":"2026-03-02T10:00:00Z","eventName":"ObjectCreated:Put","s3":{}}]}""")]
    [InlineData("""{"messageType":"DATA_MESSAGE","owner":"1","logEvents":[{"id":"1","timestamp":1,"message":"2026 a plain log line"}]}""")]
    [InlineData("""{"Type":"Notification","Message":"{\"s3Bucket\":\"b\",\"s3ObjectKey\":[\"AWSLogs/1/x.json.gz\"]}"}""")]
    [InlineData("""{"Messages":[{"Body":"{\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{}}]}"}]}""")]
    [InlineData("""{"Messages":[{"Body":"{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}"}]}""")]
    public void Look_alikes_are_left_alone_with_a_note(string delivery)
    {
        var reading = Reading.Of(delivery);
        Assert.Empty(reading.Records);
        Assert.Empty(reading.Rejected);
        Assert.Single(reading.Notes);
    }

    [Fact]
    public void Record_without_a_usable_event_id_gets_a_key_from_its_content_whatever_the_white_space()
    {
        var old = Trail.Record(1).Replace($"\"eventID\":\"{Trail.Id(1)}\",", "", StringComparison.Ordinal);
        var other = Trail.Record(2).Replace($"\"eventID\":\"{Trail.Id(2)}\"", "\"eventID\":\"EXAMPLE\"", StringComparison.Ordinal);
        var key = Assert.Single(Reading.Of(Trail.LogFile(old)).Records).Key;
        Assert.NotEqual(Guid.Empty, key);
        Assert.Equal(key, Assert.Single(Reading.Of(Trail.Indented(old)).Records).Key);
        Assert.Equal(key, Assert.Single(Reading.Of(Trail.LookupEvents(old)).Records).Key);
        Assert.NotEqual(key, Assert.Single(Reading.Of(other).Records).Key);
    }

    [Theory]
    [InlineData("\"recipientAccountId\":\"222233334444\",\"userIdentity\":{\"accountId\":\"333344445555\"},", "222233334444")]
    [InlineData("\"userIdentity\":{\"sessionContext\":{\"accountId\":\"999988887777\"},\"accountId\":\"333344445555\"},", "333344445555")]
    [InlineData("\"recipientAccountId\":\"../../etc\",", "444455556666")]
    [InlineData("\"recipientAccountId\":12,\"userIdentity\":\"nobody\",", "444455556666")]
    public void Account_is_the_payer_then_the_caller_then_the_envelope(string fields, string account)
    {
        var record = $$"""{{{fields}}"eventTime":"x","eventSource":"ec2.amazonaws.com","eventName":"A"}""";
        var delivery = $$"""{"account":"444455556666","detail-type":"AWS API Call via CloudTrail","detail":{{record}}}""";
        Assert.Equal(account, Assert.Single(Reading.Of(delivery, "AWSLogs/555566667777/CloudTrail/x.json").Records).Account);
    }

    [Theory]
    [InlineData("bucket/AWSLogs/555566667777/CloudTrail/eu-west-1/2026/03/02/x.json.gz", "555566667777")]
    [InlineData("AWSLogs/o-abc123def4/555566667777/CloudTrail/x.json.gz", "555566667777")]
    [InlineData("somewhere/555566667777/x.json.gz", RawRecord.UnknownAccount)]
    public void Path_names_the_account_of_records_that_name_none(string path, string account)
    {
        var record = """{"eventTime":"x","eventSource":"ec2.amazonaws.com","eventName":"A"}""";
        Assert.Equal(account, Assert.Single(Reading.Of(Trail.LogFile(record), path).Records).Account);
    }
}

using System.Text;

namespace DdocCost.Benchmarks.Fuzzing;

/// <summary>Valid input of every kind that is taken.</summary>
internal static class Samples
{
    private const string Record = """
        {"eventVersion":"1.10","userIdentity":{"type":"AssumedRole","principalId":"AROAX:dana","arn":"arn:aws:sts::111122223333:assumed-role/Dev/dana","accountId":"111122223333","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111122223333:role/Dev","userName":"Dev"}}},"eventTime":"2026-09-07T00:00:01Z","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli","requestParameters":{"instanceType":"p4d.24xlarge","instancesSet":{"items":[{"minCount":2,"maxCount":2}]},"tagSpecificationSet":{"items":[{"resourceType":"instance","tags":[{"key":"team","value":"x"}]}]}},"responseElements":{"instancesSet":{"items":[{"instanceId":"i-0000000000000000a","instanceType":"p4d.24xlarge"},{"instanceId":"i-0000000000000000b","instanceType":"p4d.24xlarge"}]}},"eventID":"0a0b0c0d-0000-4000-8000-000000000001","eventType":"AwsApiCall","recipientAccountId":"111122223333"}
        """;

    private const string Database = """
        {"eventVersion":"1.10","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/alice","accountId":"111122223333","userName":"alice"},"eventTime":"2026-09-07T00:10:01Z","eventSource":"rds.amazonaws.com","eventName":"CreateDBInstance","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.7","userAgent":"console","requestParameters":{"dBInstanceIdentifier":"orders","allocatedStorage":100,"dBInstanceClass":"db.r6g.4xlarge","engine":"postgres","multiAZ":true},"responseElements":{"dBInstanceIdentifier":"orders","dBInstanceClass":"db.r6g.4xlarge","engine":"postgres","allocatedStorage":100,"storageType":"gp3","multiAZ":true},"eventID":"0a0b0c0d-0000-4000-8000-000000000002","eventType":"AwsApiCall","recipientAccountId":"111122223333"}
        """;

    private const string Envelope = """{"version":"0","id":"0a0b0c0d-0000-4000-8000-000000000003","detail-type":"AWS API Call via CloudTrail","source":"aws.ec2","account":"111122223333","time":"2026-09-07T00:00:01Z","region":"eu-west-1","resources":[],"detail":""" + Record + "}";

    /// <summary>CloudTrail records in each of their wrappings.</summary>
    public static readonly byte[][] Trails =
    [
        Bytes($$"""{"Records":[{{Record}},{{Database}}]}"""), Bytes(Envelope), Bytes($"{Record}\n{Database}\n"), Bytes($"[{Envelope},{Envelope}]"),
        Bytes("""{"Events":[{"EventId":"0a0b0c0d-0000-4000-8000-000000000004","EventName":"RunInstances","CloudTrailEvent":""" + Quoted(Record) + "}]}"),
        Bytes("""{"Messages":[{"MessageId":"m-1","Body":""" + Quoted(Envelope) + "}]}"),
    ];

    /// <summary>Messages of Amazon SNS.</summary>
    public static readonly byte[][] SnsMessages =
    [
        Bytes($$"""{"Type":"Notification","MessageId":"0a0b0c0d-0000-4000-8000-000000000005","TopicArn":"{{FuzzHost.Topic}}","Message":{{Quoted(Envelope)}},"Timestamp":"2026-09-07T00:00:01.000Z","SignatureVersion":"2","Signature":"QUJD","SigningCertURL":"https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-x.pem","UnsubscribeURL":"https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe"}"""),
        Bytes($$"""{"Type":"SubscriptionConfirmation","MessageId":"1","Token":"t","TopicArn":"{{FuzzHost.Topic}}","Message":"confirm","SubscribeURL":"https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription","Timestamp":"2026-09-07T00:00:01.000Z","SignatureVersion":"1","Signature":"QUJD","SigningCertURL":"https://sns.eu-west-1.amazonaws.com/x.pem"}"""),
    ];

    /// <summary>Bodies of Amazon Data Firehose.</summary>
    public static readonly byte[][] Firehose = [Bytes($$"""{"requestId":"ed4acda5-034f-9f42-bba1-f29aea6d7d8f","timestamp":1578090901599,"records":[{"data":"{{Convert.ToBase64String(Bytes(Record))}}"},{"data":"{{Convert.ToBase64String(Bytes(Envelope))}}"}]}""")];

    /// <summary>What S3, SNS, EventBridge and CloudTrail write into a queue.</summary>
    public static readonly byte[][] Notices =
    [
        Bytes("""{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"trail"},"object":{"key":"AWSLogs/111122223333/CloudTrail/eu-west-1/2026/09/07/a%2Bb+c.json.gz"}}}]}"""),
        Bytes("""{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"trail"},"object":{"key":"a"}}}"""), Bytes("""{"s3Bucket":"trail","s3ObjectKey":["a","b"]}"""),
        Bytes("""{"Type":"Notification","Message":"{\"s3Bucket\":\"trail\",\"s3ObjectKey\":[\"a\"]}"}"""), Bytes("""{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"trail"}"""),
    ];

    /// <summary>Calls of a language model.</summary>
    public static readonly byte[][] ModelCalls =
    [
        Bytes("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"fuzz","version":"1"}}}"""),
        Bytes("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}"""), Bytes("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"what_is_odd","arguments":{"severity":"critical"}}}"""),
        Bytes("""{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"who_started_it","arguments":{"resource":"i-1"}}}"""),
        Bytes("""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"what_costs_money_now","arguments":{"most":5}}}"""),
    ];

    /// <summary>Clicks in Slack, as the form they come in.</summary>
    public static readonly byte[][] Clicks =
    [
        Bytes("payload=" + Uri.EscapeDataString("""{"type":"block_actions","user":{"id":"U1","username":"dana"},"team":{"id":"T1"},"channel":{"id":"C1"},"response_url":"https://hooks.slack.com/actions/x","trigger_id":"1.2","message":{"ts":"1.1"},"actions":[{"action_id":"seen","block_id":"case:slack:case-1","value":"case-1","type":"button"}]}""")),
        Bytes("payload=" + Uri.EscapeDataString("""{"type":"view_submission","user":{"id":"U1"},"view":{"private_metadata":"x","state":{"values":{}}}}""")),
    ];

    /// <summary>What a client of the hub says.</summary>
    public static readonly byte[][] HubTalk =
    [
        Bytes("{\"protocol\":\"json\",\"version\":1}\u001e"), Bytes("{\"protocol\":\"json\",\"version\":1}\u001e{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[\"x\"]}\u001e"),
        Bytes("{\"protocol\":\"json\",\"version\":1}\u001e{\"type\":6}\u001e{\"type\":4,\"invocationId\":\"1\",\"target\":\"X\",\"arguments\":[]}\u001e"), Bytes("{\"protocol\":\"messagepack\",\"version\":1}\u001e"),
    ];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}

using DdocCost.Tests.Ingestion.Reader;

namespace DdocCost.Tests.Replay;

/// <summary>Records of calls that cost money, and of some that do not.</summary>
internal static class Calls
{
    public static string Run(int n, string time = "2026-03-02T10:00:00Z", string type = "m5.large", string account = Trail.Account) => Record(n, time, "ec2", "RunInstances", account, $$$"""
        "requestParameters":{"instanceType":"{{{type}}}","instancesSet":{"items":[{"minCount":1,"maxCount":1}]}},"responseElements":{"instancesSet":{"items":[{"instanceId":"{{{Instance(n)}}}","instanceType":"{{{type}}}"}]}}
        """);

    public static string Terminate(int n, int started, string time) => Record(n, time, "ec2", "TerminateInstances", Trail.Account, $$$"""
        "requestParameters":{"instancesSet":{"items":[{"instanceId":"{{{Instance(started)}}}"}]}},"responseElements":{"instancesSet":{"items":[{"instanceId":"{{{Instance(started)}}}","currentState":{"code":32,"name":"shutting-down"},"previousState":{"code":16,"name":"running"}}]}}
        """);

    public static string Refused(int n) => Record(n, "2026-03-02T10:00:00Z", "ec2", "RunInstances", Trail.Account, """
        "errorCode":"Client.UnauthorizedOperation","errorMessage":"no","requestParameters":{"instanceType":"m5.large","instancesSet":{"items":[{"minCount":1,"maxCount":1}]}},"responseElements":null
        """);

    public static string Describe(int n) => Record(n, "2026-03-02T10:00:00Z", "ec2", "DescribeInstances", Trail.Account, "\"requestParameters\":{},\"responseElements\":null");

    public static string Instance(int n) => $"i-{n:x17}";

    private static string Record(int n, string time, string service, string name, string account, string fields) => $$"""
        {"eventVersion":"1.10","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::{{account}}:user/alice","accountId":"{{account}}","userName":"alice"},"eventTime":"{{time}}","eventSource":"{{service}}.amazonaws.com","eventName":"{{name}}","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli/2.17.0",{{fields.Trim()}},"requestID":"r-1","eventID":"{{Trail.Id(n)}}","readOnly":false,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"{{account}}"}
        """;
}

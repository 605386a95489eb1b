using System.Text.Json;

namespace DdocCost.Tests.Support.AwsEmulator;

/// <summary>A call as the emulator understands it.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Region">Region it is signed for.</param>
/// <param name="Service">Service as in rules: <c>ec2</c>, <c>elbv2</c>.</param>
/// <param name="Operation">Operation, or method and path for REST.</param>
/// <param name="Protocol"><c>ec2</c>, <c>query</c>, <c>json</c>, <c>rest-json</c> or <c>rest-xml</c>.</param>
/// <param name="Request">As it came.</param>
public sealed record EmulatedCall(EmulatedAccount Account, string Region, string Service, string Operation, string Protocol, StandInCall Request)
{
    private static readonly string[] restXml = ["s3", "route53", "cloudfront"];

    /// <summary><c>service:Operation</c>, or <c>service:/path</c>.</summary>
    public string Name => $"{Service}:{Operation}";

    /// <summary>Its body.</summary>
    public JsonElement Json => Request.Json;

    /// <summary>Whether it is answered in XML.</summary>
    public bool IsXml => Protocol is "ec2" or "query" or "rest-xml";

    /// <summary>Where the next page begins, as it was asked for, or null.</summary>
    public string? PageToken => Protocol switch
    {
        "ec2" => Request.Form.GetValueOrDefault("NextToken"),
        "query" => Request.Form.GetValueOrDefault("Marker") ?? Request.Form.GetValueOrDefault("NextToken"),
        "json" => InBody(PageTokenIn),
        _ => Request.Query(PageTokenIn) ?? (Request.Body.Length > 0 ? InBody(PageTokenIn) : null),
    };

    /// <summary>What the answer calls the token of the next page: as the services' API references say.</summary>
    public string PageTokenOut => (Service, Operation) switch
    {
        ("ec2", _) => "nextToken",
        ("elb" or "elbv2", _) => "NextMarker",
        ("autoscaling", _) => "NextToken",
        ("elasticache", "DescribeServerlessCaches") => "NextToken",
        ("dynamodb", "ListTables") => "LastEvaluatedTableName",
        ("dynamodb", "ListBackups") => "LastEvaluatedBackupArn",
        ("ce", _) => "NextPageToken",
        ("ecs" or "logs" or "ecr" or "directconnect" or "aoss" or "redshift-serverless" or "personalize", _) => "nextToken",
        ("eks" or "kafka" or "mq" or "bedrock" or "emr-serverless" or "medialive" or "codeartifact", _) => "nextToken",
        ("lightsail", _) => "nextPageToken",
        ("apigateway", _) => "position",
        ("kms" or "lambda" or "elasticfilesystem" or "wafv2" or "route53", _) => "NextMarker",
        ("s3", _) => "ContinuationToken",
        ("dms" or "elasticmapreduce" or "storagegateway", _) => "Marker",
        _ when Protocol == "query" => "Marker",
        _ => "NextToken",
    };

    /// <summary>What the root of an answer in REST's XML is called.</summary>
    public string XmlRoot => Service != "s3" ? "Result" : Operation == "/" ? "ListAllMyBucketsResult" : Request.Query("uploads") is not null ? "ListMultipartUploadsResult" : "LocationConstraint";

    private string PageTokenIn => (Service, Operation) switch
    {
        ("dynamodb", "ListTables") => "ExclusiveStartTableName",
        ("dynamodb", "ListBackups") => "ExclusiveStartBackupArn",
        ("kms" or "lambda" or "elasticfilesystem", _) => "Marker",
        ("lightsail", _) => "pageToken",
        ("route53", _) => "marker",
        ("s3", _) => "continuation-token",
        ("backup", _) => "nextToken",
        _ => PageTokenOut,
    };

    /// <summary>A parameter as it was asked for: of a form, or a text of the body, of a list its first.</summary>
    public string? Asked(string name) => Request.Form.GetValueOrDefault(name) ?? (Request.Body.StartsWith('{') ? InBody(name) : null);

    private string? InBody(string name) => !Json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().FirstOrDefault().GetString() : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();

    /// <summary>Understands a request.</summary>
    public static EmulatedCall Of(StandInCall request, EmulatedAccount account)
    {
        var at = request.Operation.IndexOf(':', StringComparison.Ordinal);
        var (service, operation) = (request.Operation[..at], request.Operation[(at + 1)..]);
        service = (service, request.Form.GetValueOrDefault("Version")) switch
        {
            ("elasticloadbalancing", "2012-06-01") => "elb",
            ("elasticloadbalancing", _) => "elbv2",
            ("monitoring", _) => "cloudwatch",
            _ => service,
        };
        var protocol = service == "ec2" ? "ec2" : request.Form.Count > 0 ? "query" : !operation.StartsWith('/') ? "json" : restXml.Contains(service) ? "rest-xml" : "rest-json";
        return new EmulatedCall(account, request.Region, service, operation, protocol, request);
    }
}

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
        "json" => Json.TryGetProperty(PageTokenIn, out var token) ? token.GetString() : null,
        _ => Request.Query(PageTokenIn),
    };

    /// <summary>What the answer calls the token of the next page.</summary>
    public string PageTokenOut => (Service, Operation) switch
    {
        ("ec2", _) => "nextToken",
        ("elb" or "elbv2", _) => "NextMarker",
        ("autoscaling", _) => "NextToken",
        ("dynamodb", "ListTables") => "LastEvaluatedTableName",
        ("ecs" or "logs" or "ecr" or "directconnect" or "aoss" or "redshift-serverless" or "personalize", _) => "nextToken",
        ("kms", _) => "NextMarker",
        ("lambda", _) => "NextMarker",
        ("dms" or "elasticmapreduce" or "storagegateway", _) => "Marker",
        ("eks" or "kafka" or "mq" or "bedrock" or "emr-serverless", _) => "nextToken",
        _ when Protocol == "query" => "Marker",
        _ => "NextToken",
    };

    private string PageTokenIn => (Service, Operation) switch
    {
        ("dynamodb", "ListTables") => "ExclusiveStartTableName",
        ("kms" or "lambda" or "dms" or "elasticmapreduce" or "storagegateway", _) => "Marker",
        _ => PageTokenOut,
    };

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

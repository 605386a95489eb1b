using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using Xunit;

namespace DdocCost.Tests.Normalise;

/// <summary>Makes CloudTrail records and hands them to the catalogue.</summary>
internal static class Records
{
    public const string Account = "111122223333";

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 512 };

    /// <summary>A record as JSON; parts are JSON texts.</summary>
    public static string Json(
        string service, string name, string request = "null", string response = "null", string? error = null, string? identity = null,
        string time = "2026-03-02T10:00:00Z", string agent = "aws-cli/2.17.0", string region = "eu-west-1") =>
        $$"""
        {"eventVersion":"1.10","userIdentity":{{identity ?? User("alice")}},"eventTime":"{{time}}","eventSource":"{{service}}.amazonaws.com",
         "eventName":"{{name}}","awsRegion":"{{region}}","sourceIPAddress":"198.51.100.7","userAgent":"{{agent}}",
         {{(error is null ? "" : $"\"errorCode\":\"{error}\",\"errorMessage\":\"refused\",")}}
         "requestParameters":{{request}},"responseElements":{{response}},"requestID":"r-1","eventID":"6a1f7d0e-0000-4000-8000-000000000001",
         "readOnly":false,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"{{Account}}"}
        """;

    public static string User(string name) =>
        $$"""{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::{{Account}}:user/{{name}}","accountId":"{{Account}}","userName":"{{name}}"}""";

    public static string Session(string role, string session, bool mfa = false, string more = "") =>
        $$"""
        {"type":"AssumedRole","principalId":"AROAEXAMPLE:{{session}}","arn":"arn:aws:sts::{{Account}}:assumed-role/{{role}}/{{session}}",
         "accountId":"{{Account}}",{{more}}"sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE",
         "arn":"arn:aws:iam::{{Account}}:role/{{role}}","userName":"{{role}}"},"attributes":{"mfaAuthenticated":"{{(mfa ? "true" : "false")}}"} } }
        """;

    /// <summary>Takes a record through the catalogue as the trail reader would hand it over.</summary>
    public static NormaliseResult Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    /// <summary>The same from bytes, which need not be valid JSON: the fields the reader would have found come beside.</summary>
    public static NormaliseResult Read(ReadOnlyMemory<byte> json, string? source = null, string? name = null)
    {
        source ??= TopLevel(json, "eventSource");
        name ??= TopLevel(json, "eventName");
        var record = new RawRecord
        {
            Json = json,
            EventSource = Encoding.UTF8.GetBytes(source),
            EventName = Encoding.UTF8.GetBytes(name),
            Key = new Guid("6a1f7d0e-0000-4000-8000-000000000001"),
            AccountId = Account,
            Position = 0,
        };
        return EventCatalogue.Default.Normalise(record, new RecordLocation("test", 0));
    }

    /// <summary>The event of a record that must be understood.</summary>
    public static ResourceEvent Understand(string json) => Assert.IsType<NormaliseResult.Understood>(Read(json)).Event;

    /// <summary>The event of a call that must be understood.</summary>
    public static ResourceEvent Understand(string service, string name, string request = "null", string response = "null", string? error = null) =>
        Understand(Json(service, name, request, response, error));

    /// <summary>The only change of a call that must be understood.</summary>
    public static ResourceChange Change(string service, string name, string request = "null", string response = "null") =>
        Assert.Single(Understand(service, name, request, response).Changes);

    private static string TopLevel(ReadOnlyMemory<byte> json, string name)
    {
        using var document = JsonDocument.Parse(json, Lenient);
        return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
    }
}

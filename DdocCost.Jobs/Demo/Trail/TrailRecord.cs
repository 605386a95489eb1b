using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DdocCost.Jobs.Demo.Trail;

/// <summary>One CloudTrail record as AWS writes it to S3.</summary>
/// <remarks>Field names and order: AWS CloudTrail user guide, "CloudTrail record contents for management events".</remarks>
public sealed record TrailRecord
{
    [JsonPropertyName("eventVersion")] public string EventVersion => "1.11";

    [JsonPropertyName("userIdentity")] public required object UserIdentity { get; init; }

    /// <summary>When it happened, UTC, whole seconds.</summary>
    [JsonPropertyName("eventTime"), JsonConverter(typeof(IsoSeconds))] public required DateTimeOffset Time { get; init; }

    [JsonPropertyName("eventSource")] public required string EventSource { get; init; }

    [JsonPropertyName("eventName")] public required string EventName { get; init; }

    [JsonPropertyName("awsRegion")] public required string Region { get; init; }

    [JsonPropertyName("sourceIPAddress")] public required string SourceIpAddress { get; init; }

    [JsonPropertyName("userAgent")] public required string UserAgent { get; init; }

    [JsonPropertyName("errorCode")] public string? ErrorCode { get; init; }

    [JsonPropertyName("errorMessage")] public string? ErrorMessage { get; init; }

    [JsonPropertyName("requestParameters"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] public object? RequestParameters { get; init; }

    [JsonPropertyName("responseElements"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] public object? ResponseElements { get; init; }

    [JsonPropertyName("requestID")] public required Guid RequestId { get; init; }

    [JsonPropertyName("eventID")] public required string EventId { get; init; }

    [JsonPropertyName("readOnly")] public required bool ReadOnly { get; init; }

    [JsonPropertyName("eventType")] public string EventType => "AwsApiCall";

    [JsonPropertyName("managementEvent")] public bool ManagementEvent => true;

    [JsonPropertyName("recipientAccountId")] public required string AccountId { get; init; }

    [JsonPropertyName("eventCategory")] public string EventCategory => "Management";

    [JsonPropertyName("tlsDetails")] public object? TlsDetails { get; init; }

    /// <summary>A moment as CloudTrail writes it.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How records are written: absent members left out, no needless escapes.</summary>
    internal static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed class IsoSeconds : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Iso(value));
    }
}

using System.Text;
using System.Text.Json;

namespace DdocCost.App.Ingest.Sns;

/// <summary>A message as Amazon SNS posts it, with what its signature covers.</summary>
/// <remarks>AWS: "Verifying the signatures of Amazon SNS messages", "Amazon SNS message and JSON formats".</remarks>
internal sealed record SnsMessage
{
    /// <summary>Bytes of a message at most. Amazon's limit is 256 KB of text, and in JSON a character takes up to six bytes.</summary>
    public const int Largest = 2 * 1024 * 1024;

    private static readonly string[] OfNotification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    private static readonly string[] OfConfirmation = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    private readonly Dictionary<string, string> _fields;

    private SnsMessage(Dictionary<string, string> fields) => _fields = fields;

    /// <summary><c>Notification</c>, <c>SubscriptionConfirmation</c> or <c>UnsubscribeConfirmation</c>.</summary>
    public string Type => this["Type"];

    /// <summary>The topic.</summary>
    public string TopicArn => this["TopicArn"];

    /// <summary>1 for SHA-1, 2 for SHA-256.</summary>
    public string SignatureVersion => this["SignatureVersion"];

    /// <summary>Where the certificate is.</summary>
    public string SigningCertUrl => this["SigningCertURL"];

    /// <summary>What confirms a subscription when it is asked for.</summary>
    public string SubscribeUrl => this["SubscribeURL"];

    /// <summary>The signature; empty where it is not base64.</summary>
    public byte[] Signature
    {
        get
        {
            var bytes = new byte[this["Signature"].Length];
            return Convert.TryFromBase64String(this["Signature"], bytes, out var length) ? bytes[..length] : [];
        }
    }

    private string this[string name] => _fields.GetValueOrDefault(name, "");

    /// <summary>Reads a message; null where it is none.</summary>
    public static SnsMessage? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in json.RootElement.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String))
            {
                fields[property.Name] = property.Value.GetString()!;
            }

            return new SnsMessage(fields) is { Type: "Notification" or "SubscriptionConfirmation" or "UnsubscribeConfirmation" } message ? message : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text that is signed: names and values of the fields that count, a line each, in this order; an absent subject is left out.</summary>
    public byte[] SignedText()
    {
        var text = new StringBuilder();
        foreach (var name in Type == "Notification" ? OfNotification : OfConfirmation)
        {
            if (_fields.TryGetValue(name, out var value))
            {
                text.Append(name).Append('\n').Append(value).Append('\n');
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

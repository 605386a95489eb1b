using System.Runtime.InteropServices;
using System.Text.Json;

namespace DdocCost.Domain.Normalise;

/// <summary>
/// The parts of a CloudTrail record that the catalogue reads, found in one pass. Valid only as long as the parsed JSON.
/// Source: AWS, "CloudTrail record contents", eventVersion 1.0 to 1.11.
/// </summary>
internal sealed class CloudTrailRecord
{
    private string? _errorCode;
    private bool _hasErrorMessage;

    /// <summary>Finds the parts in the record's JSON object.</summary>
    public CloudTrailRecord(JsonElement record)
    {
        foreach (var property in record.EnumerateObject())
        {
            Take(JsonMarshal.GetRawUtf8PropertyName(property), new Field(property.Value));
        }
    }

    /// <summary>What was asked, without the wrapper that newer EC2 calls put around it.</summary>
    public Field Request { get; private set; }

    /// <summary>What AWS answered, without the wrapper; absent for a refused call, and for some calls always.</summary>
    public Field Response { get; private set; }

    /// <summary>userIdentity.</summary>
    public Field Identity { get; private set; }

    /// <summary>eventTime.</summary>
    public Field Time { get; private set; }

    /// <summary>eventID.</summary>
    public string? EventId { get; private set; }

    /// <summary>awsRegion.</summary>
    public string? Region { get; private set; }

    /// <summary>sourceIPAddress; the name of a service where a service called.</summary>
    public string? SourceIp { get; private set; }

    /// <summary>userAgent.</summary>
    public string? UserAgent { get; private set; }

    /// <summary>errorCode, or <c>Error</c> where only an errorMessage tells that the call failed.</summary>
    public string? ErrorCode => _errorCode ?? (_hasErrorMessage && !Response.IsObject ? "Error" : null);

    /// <summary>sessionCredentialFromConsole: the call came out of a browser session of the AWS console.</summary>
    public bool FromConsole { get; private set; }

    /// <summary>A member of the response, or of the request where the response lacks it: what was launched, not what was asked.</summary>
    public Field this[string name] => Response[name].Or(Request[name]);

    /// <summary>The response's <paramref name="part"/> (such as <c>cluster</c>; null is all of it) before the request.</summary>
    public Outcome Made(string? part) => new(Response.Part(part), Request);

    // {"omitted":true,"originalSize":275000,"reason":"requestParameters exceeds max size"} stands for what was too large to be told.
    private static Field Told(Field value)
    {
        foreach (var (name, _) in value.Members)
        {
            return name.SequenceEqual("omitted"u8) && value["originalSize"].IsPresent ? default : value;
        }

        return value;
    }

    // The lengths of the names tell most of them apart.
    private void Take(ReadOnlySpan<byte> name, Field value)
    {
        switch (name.Length)
        {
            case 7 when name.SequenceEqual("eventID"u8):
                EventId = value.Text;
                break;
            case 9 when name.SequenceEqual("eventTime"u8):
                Time = value;
                break;
            case 9 when name.SequenceEqual("awsRegion"u8):
                Region = value.Text;
                break;
            case 9 when name.SequenceEqual("userAgent"u8):
                UserAgent = value.Text;
                break;
            case 9 when name.SequenceEqual("errorCode"u8):
                _errorCode = value.Text;
                break;
            case 12 when name.SequenceEqual("userIdentity"u8):
                Identity = value;
                break;
            case 12 when name.SequenceEqual("errorMessage"u8):
                _hasErrorMessage = value.Text is not null;
                break;
            case 15 when name.SequenceEqual("sourceIPAddress"u8):
                SourceIp = value.Text;
                break;
            case 16 when name.SequenceEqual("responseElements"u8):
                Response = Told(value).Unwrapped("Response"u8, "Resp"u8);
                break;
            case 17 when name.SequenceEqual("requestParameters"u8):
                Request = Told(value).Unwrapped("Request"u8, "Req"u8);
                break;
            case 28 when name.SequenceEqual("sessionCredentialFromConsole"u8):
                FromConsole = value.Flag ?? false;
                break;
        }
    }
}

/// <summary>One part of a response before the request: what was made, completed by what was asked.</summary>
internal readonly struct Outcome(Field made, Field asked)
{
    /// <summary>A member of what was made, or of what was asked where that does not tell.</summary>
    public Field this[string name] => made[name].Or(asked[name]);
}

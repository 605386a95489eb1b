using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace DdocCost.Jobs.Aws;

/// <summary>A request before it has an address and a signature; each attempt makes a message of it.</summary>
/// <param name="Operation">What is called.</param>
/// <param name="Path">Path and query below the endpoint, encoded, without a slash at its beginning.</param>
/// <param name="Body">Its bytes; empty for none.</param>
/// <param name="ContentType">Their type; null for none.</param>
internal sealed record AwsRequest(AwsOperation Operation, string Path, byte[] Body, string? ContentType)
{
    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The bucket, for S3: it is part of the host name where that is possible, else of the path.</summary>
    public string? Bucket { get; init; }

    /// <summary>A request of the JSON protocols.</summary>
    public static AwsRequest Json(AwsOperation operation, object input) =>
        new(operation, "", JsonSerializer.SerializeToUtf8Bytes(input), $"application/x-amz-json-{(operation.Service.Protocol == AwsProtocol.Json10 ? "1.0" : "1.1")}")
        {
            Headers = [new("X-Amz-Target", $"{operation.Service.Target}.{operation.Name}")],
        };

    /// <summary>A request of the query protocols.</summary>
    public static AwsRequest Form(AwsOperation operation, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        IEnumerable<KeyValuePair<string, string>> all = [new("Action", operation.Name), new("Version", operation.Service.Version), .. parameters];
        var form = string.Join('&', all.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return new(operation, "", Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded; charset=utf-8");
    }

    /// <summary>A request of the REST protocols.</summary>
    public static AwsRequest Rest(AwsOperation operation, string path, byte[]? body, string contentType) =>
        new(operation, path.TrimStart('/'), body ?? [], body is null ? null : contentType);

    /// <summary>The message for an endpoint, not signed.</summary>
    public HttpRequestMessage ToMessage(AwsEndpoint endpoint)
    {
        var isRest = Operation.Service.Protocol is AwsProtocol.RestJson or AwsProtocol.RestXml;
        var message = new HttpRequestMessage(isRest ? Operation.Method : HttpMethod.Post, AddressAt(endpoint)) { Version = new Version(1, 1) };
        if (ContentType is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        }

        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private Uri AddressAt(AwsEndpoint endpoint)
    {
        if (Bucket is null)
        {
            return new Uri(endpoint.Address, Path);
        }

        // A dot in the name does not fit the certificate, an emulator knows no such hosts.
        return endpoint.IsOverridden || Bucket.Contains('.', StringComparison.Ordinal)
            ? new Uri(endpoint.Address, $"{Bucket}/{Path}")
            : new Uri($"{endpoint.Address.Scheme}://{Bucket}.{endpoint.Address.Authority}/{Path}");
    }
}

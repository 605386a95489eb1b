using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DdocCost.Benchmarks.Fuzzing;

/// <summary>Every operation of the API's own document, with parameters and bodies made from its schemas and then spoilt.</summary>
/// <param name="document">The OpenAPI document.</param>
/// <param name="client">An administrator's.</param>
internal sealed class ApiMouth(JsonNode document, HttpClient client)
{
    private static readonly string[] Words = ["case-1", "critical", "ec2", "111122223333", "2026-11-01", "2026-11-01T00:00:00Z", "0a0b0c0d-0000-4000-8000-000000000001", "50", "x"];

    private readonly List<(string Method, string Path, JsonNode Operation)> _operations =
        [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (operation.Key, path.Key, operation.Value!)))];

    /// <summary>Reads the document and makes the mouth.</summary>
    public static async Task<FuzzMouth> OpenAsync(FuzzHost host)
    {
        var client = host.Client(host.ApiToken);
        var mouth = new ApiMouth(JsonNode.Parse(await client.GetStringAsync("/api/v1/openapi.json"))!, client);
        return new FuzzMouth("api", mouth.TryAsync);
    }

    private Task<FuzzAnswer> TryAsync(Random random, CancellationToken cancellationToken)
    {
        var (method, path, operation) = _operations[random.Next(_operations.Count)];
        var query = new StringBuilder();
        var request = new HttpRequestMessage { Method = new HttpMethod(method.ToUpperInvariant()) };
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var (name, value) = (parameter!["name"]!.GetValue<string>(), Value(parameter["schema"], random));
            switch (parameter["in"]!.GetValue<string>())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", value.Length == 0 ? "x" : value, StringComparison.Ordinal);
                    break;
                case "query" when random.Next(3) > 0:
                    query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(value);
                    break;
                case "header":
                    request.Headers.TryAddWithoutValidation(name, HttpMouths.Printable(Uri.UnescapeDataString(value)));
                    break;
            }
        }

        var body = operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? Encoding.UTF8.GetBytes(Body(schema, random, 0)?.ToJsonString() ?? "null") : null;
        if (body is not null)
        {
            body = random.Next(2) == 0 ? Mutator.Spoil(body, random) : body;
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        var address = path + query;
        request.RequestUri = new Uri(address.Length > 6000 ? address[..6000].TrimEnd('%') : address, UriKind.Relative);
        return HttpMouths.SendAsync(client, request, body ?? [], cancellationToken);
    }

    private static string Value(JsonNode? schema, Random random)
    {
        var good = schema?["enum"] is JsonArray { Count: > 0 } choices ? choices[random.Next(choices.Count)]?.ToString() ?? "" : Words[random.Next(Words.Length)];
        return Uri.EscapeDataString(random.Next(2) == 0 ? Mutator.Spoil(good, random).Replace('\ud800', '?') : good).Replace("..", "%2e%2e", StringComparison.Ordinal);
    }

    private JsonNode? Body(JsonNode? schema, Random random, int depth)
    {
        if (schema?["$ref"]?.GetValue<string>() is { } reference)
        {
            schema = document["components"]!["schemas"]![reference.Split('/')[^1]];
        }

        if (depth > 6 || random.Next(20) == 0)
        {
            return null;
        }

        if (schema?["properties"] is JsonObject properties)
        {
            return new JsonObject(properties.Where(_ => random.Next(8) > 0).Select(property => KeyValuePair.Create(property.Key, Body(property.Value, random, depth + 1))));
        }

        if (schema?["enum"] is JsonArray { Count: > 0 } choices)
        {
            return choices[random.Next(choices.Count)]?.DeepClone();
        }

        return schema?["oneOf"] is JsonArray { Count: > 0 } variants ? Body(variants[random.Next(variants.Count)], random, depth + 1) : Plain(schema, random, depth);
    }

    private JsonNode? Plain(JsonNode? schema, Random random, int depth)
    {
        var type = schema?["type"] is JsonArray types ? types[random.Next(types.Count)]!.GetValue<string>() : schema?["type"]?.GetValue<string>();
        return type switch
        {
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Body(schema!["items"], random, depth + 1))]),
            "boolean" => random.Next(2) == 0,
            "integer" => random.Next(4) == 0 ? random.NextInt64() : random.Next(100),
            "number" => random.NextDouble() * Math.Pow(10, random.Next(-300, 300)),
            "null" => null,
            "object" => new JsonObject { ["a"] = "b" },
            _ => random.Next(3) == 0 ? JsonValue.Create(Mutator.Spoil(Words[random.Next(Words.Length)], random).Replace('\ud800', '?')) : Words[random.Next(Words.Length)],
        };
    }
}

using System.Net.Http.Headers;
using System.Text.Json;

namespace DdocCost.App.Commands.Asking;

/// <summary>Reads lists of the API, slice by slice.</summary>
internal sealed class AskClient : IDisposable
{
    private const int LargestSlice = 500;

    private readonly HttpClient _http;

    private AskClient(HttpClient http) => _http = http;

    /// <summary>One for an instance.</summary>
    /// <param name="url">Its address, or null for <c>DDOC_URL</c>.</param>
    /// <param name="tokenFile">File with the token, or null for <c>DDOC_TOKEN</c>.</param>
    /// <exception cref="AskException">No token, or no address.</exception>
    public static AskClient Of(string? url, FileInfo? tokenFile)
    {
        var address = url ?? Environment.GetEnvironmentVariable("DDOC_URL") ?? "http://localhost:8080";
        if (!Uri.TryCreate(address.TrimEnd('/'), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new AskException($"'{address}' is no address; try https://cost.example.com");
        }

        var token = (tokenFile is null ? Environment.GetEnvironmentVariable("DDOC_TOKEN") : File.ReadAllText(tokenFile.FullName))?.Trim();
        if (string.IsNullOrEmpty(token))
        {
            throw new AskException("a token is needed: make one under Users & tokens, and set DDOC_TOKEN or --token-file");
        }

        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = uri, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new AskClient(http);
    }

    /// <summary>Reads rows.</summary>
    /// <exception cref="AskException">The instance refused; its words.</exception>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public async Task<IReadOnlyList<JsonElement>> ReadAsync(string path, IReadOnlyDictionary<string, string> query, int limit, CancellationToken cancellationToken)
    {
        var rows = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var pairs = query.Append(new("limit", Math.Clamp(limit - rows.Count, 1, LargestSlice).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            pairs = cursor is null ? pairs : pairs.Append(new("cursor", cursor));
            var answer = await GetAsync($"{path}?{string.Join('&', pairs.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"))}", cancellationToken);
            var isSlice = answer.ValueKind == JsonValueKind.Object;
            rows.AddRange((isSlice ? answer.GetProperty("items") : answer).EnumerateArray());
            cursor = isSlice ? answer.GetProperty("next").GetString() : null;
        }
        while (cursor is not null && rows.Count < limit);
        return rows;
    }

    private async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(path, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonElement.Parse(text)
            : throw new AskException($"{(int)answer.StatusCode} {DetailOf(text) ?? answer.ReasonPhrase}");
    }

    private static string? DetailOf(string text)
    {
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (JsonException)
        {
            return null; // something else answers at that address
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}

/// <summary>It cannot be asked; the message is for the person.</summary>
internal sealed class AskException(string message) : Exception(message);

using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Prices;

/// <summary>The AWS Price List's files over HTTP.</summary>
/// <remarks>Source: AWS Billing user guide, "Using the AWS Price List Bulk API". The files are public.</remarks>
internal sealed class PriceList(IOptions<PriceOptions> options) : IDisposable
{
    private const int LargestIndex = 8 << 20;

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        UseCookies = false,
    })
    {
        BaseAddress = options.Value.Url,
        Timeout = Timeout.InfiniteTimeSpan, // the caller's token bounds it
        DefaultRequestHeaders = { { "User-Agent", "ddoc-cost" } },
    };

    /// <summary>Where each region's file of an offer lies.</summary>
    /// <exception cref="InvalidDataException">What is there is no index.</exception>
    public async Task<IReadOnlyDictionary<string, Uri>> RegionsAsync(string offer, CancellationToken cancellationToken)
    {
        var index = await IndexAsync("/offers/v1.0/aws/index.json", cancellationToken);
        if (!index.TryGetProperty("offers", out var offers) || !offers.TryGetProperty(offer, out var known) || Text(known, "currentRegionIndexUrl") is not { } address)
            throw new InvalidDataException($"the index of offers does not tell where the regions of {offer} are");
        var regions = await IndexAsync(address, cancellationToken);
        if (!regions.TryGetProperty("regions", out var listed) || listed.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"the index of {offer} has no regions");
        return listed.EnumerateObject()
            .Select(region => (region.Name, Address: Text(region.Value, "currentVersionUrl")))
            .Where(region => region.Address is not null)
            .ToDictionary(region => region.Name, region => Within(region.Address!));
    }

    /// <summary>Opens a file, to be read as it arrives.</summary>
    public async Task<Stream> OpenAsync(Uri file, CancellationToken cancellationToken)
    {
        var response = await http.GetAsync(file, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> IndexAsync(string address, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(Within(address), cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (bytes.Length + read > LargestIndex)
                throw new InvalidDataException($"{address} is larger than an index is");
            bytes.Write(buffer, 0, read);
        }

        try
        {
            return JsonElement.Parse(bytes.ToArray());
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{address} is no index: {e.Message}", e);
        }
    }

    /// <summary>Indexes name files by path; one that names another host is not followed.</summary>
    private Uri Within(string address)
    {
        var file = new Uri(http.BaseAddress!, address);
        return file.Authority == http.BaseAddress!.Authority && file.Scheme == http.BaseAddress.Scheme
            ? file : throw new InvalidDataException($"an index leads to another host: {file.Authority}");
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DdocCost.Tests.Prices;

/// <summary>The AWS Price List over HTTP, with the files a test gives it.</summary>
internal sealed class PriceListStub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> asked = [];
    private readonly Dictionary<string, object> offers = [];

    private PriceListStub(WebApplication app) => this.app = app;

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Files by path.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = [];

    /// <summary>How many of the next requests end in the middle of the file.</summary>
    public int BreaksOff { get; set; }

    /// <summary>Paths in the order in which they were asked for.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    public static async Task<PriceListStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new PriceListStub(builder.Build());
        stub.app.Run(stub.ServeAsync);
        await stub.app.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    /// <summary>Puts an offer there with its indexes, one file a region.</summary>
    public void Put(string offer, params (string Region, byte[] File)[] regions)
    {
        var folder = $"/offers/v1.0/aws/{offer}";
        offers[offer] = new { offerCode = offer, currentRegionIndexUrl = $"{folder}/current/region_index.json" };
        Files["/offers/v1.0/aws/index.json"] = JsonSerializer.SerializeToUtf8Bytes(new { formatVersion = "v1.0", offers });
        Files[$"{folder}/current/region_index.json"] = JsonSerializer.SerializeToUtf8Bytes(new
        {
            formatVersion = "v1.0",
            regions = regions.ToDictionary(region => region.Region, region => new { regionCode = region.Region, currentVersionUrl = $"{folder}/20261102/{region.Region}/index.json" }),
        });
        foreach (var (region, file) in regions)
            Files[$"/offers/v1.0/aws/{offer}/20261102/{region}/index.json"] = file;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        asked.Enqueue(http.Request.Path);
        if (!Files.TryGetValue(http.Request.Path, out var file))
        {
            http.Response.StatusCode = 404;
            return;
        }

        http.Response.ContentLength = file.Length;
        if (BreaksOff > 0 && file.Length > 5_000)
        {
            BreaksOff--;
            await http.Response.Body.WriteAsync(file.AsMemory(0, file.Length / 2));
            await http.Response.Body.FlushAsync();
            http.Abort();
            return;
        }

        await http.Response.Body.WriteAsync(file);
    }
}

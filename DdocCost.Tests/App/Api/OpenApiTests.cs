using System.Runtime.CompilerServices;
using DdocCost.Domain.Access;
using DdocCost.Tests.Support;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace DdocCost.Tests.App.Api;

/// <summary>The document of the API, which is checked in: a change of what programs rely on is seen in review.</summary>
public sealed class OpenApiTests(PostgresServer postgres, RedisServer redis)
{
    [Fact]
    public async Task Is_the_one_that_is_checked_in_and_valid()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        using var client = await host.ApiClientAsync(AccessRole.Viewer);
        var path = Path.Combine(Folder(), "../../../docs/openapi.json");

        var received = (await client.GetStringAsync("/api/v1/openapi.json", TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");

        var (document, problems) = OpenApiDocument.Parse(received, OpenApiConstants.Json);
        Assert.NotNull(document);
        Assert.Empty(problems!.Errors.Select(error => error.ToString()));
        if (received != (File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : ""))
        {
            var written = Path.ChangeExtension(path, ".received.json");
            await File.WriteAllTextAsync(written, received, TestContext.Current.CancellationToken);
            Assert.Fail("The API has changed. Where that is meant, put docs/openapi.received.json in the place of docs/openapi.json.");
        }
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

namespace DdocCost.Jobs.Observability;

/// <summary>Asks the running process of this container how it is: images without a shell have no other way.</summary>
public static class HealthProbe
{
    /// <summary>Asks <c>/health/…</c> at <c>Observe__Url</c>.</summary>
    /// <param name="question"><c>live</c>, <c>ready</c> or <c>deep</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>0 when it is ready, 1 when not or when nobody answers.</returns>
    public static async Task<int> RunAsync(string question, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("Observe__Url") is not { Length: > 0 } url)
        {
            await Console.Error.WriteLineAsync("health: set Observe__Url to the address at which the process can be watched.");
            return 1;
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(8) };
        try
        {
            var address = new UriBuilder(url.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "[::1]", StringComparison.Ordinal)) { Path = $"/health/{question}" };
            using var answer = await http.GetAsync(address.Uri, cancellationToken);
            await Console.Out.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancellationToken));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"health: {failure.Message}");
            return 1;
        }
    }
}

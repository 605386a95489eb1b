namespace DdocCost.App;

/// <summary>The web application: builds it, runs it until it is stopped.</summary>
internal static class Server
{
    /// <summary>Runs until stopped by signal or token.</summary>
    /// <param name="settings">Configuration values of the command line, as <c>--Key=Value</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The exit code: 0 after an orderly stop.</returns>
    public static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        var app = WebApplication.CreateBuilder(settings).Build();
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}

using DdocCost.Jobs.Observability;

namespace DdocCost.Jobs.Starting;

/// <summary>
/// Answers at a process's addresses while it cannot start: <c>/health/live</c> says that it lives, all else 503. So no supervisor kills it, and a person
/// sees what is the matter.
/// </summary>
internal sealed class WaitingRoom : IAsyncDisposable
{
    private const int RetrySeconds = 5;
    private readonly List<WebApplication> _doors = [];

    private WaitingRoom()
    {
    }

    /// <summary>Cancelled when the process is asked to stop. Without a door the signal ends the process by itself.</summary>
    public CancellationToken Stopping => _doors is [var door, ..] ? door.Lifetime.ApplicationStopping : CancellationToken.None;

    /// <summary>Opens it where the process will answer: at its pages' addresses where it has pages, and at <see cref="ObserveOptions.Url"/>.</summary>
    /// <param name="configuration">The process's own.</param>
    /// <param name="hasPages">Whether it is the app.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task<WaitingRoom> OpenAsync(IConfiguration configuration, bool hasPages, CancellationToken cancellationToken)
    {
        var room = new WaitingRoom();
        try
        {
            if (hasPages)
            {
                await room.OpenDoorAsync(configuration, cancellationToken);
            }

            if (configuration["Observe:Url"] is { Length: > 0 } observe)
            {
                await room.OpenDoorAsync(new ConfigurationBuilder().AddInMemoryCollection([new("urls", observe)]).Build(), cancellationToken);
            }

            return room;
        }
        catch
        {
            await room.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors)
        {
            await door.DisposeAsync();
        }
    }

    private async Task OpenDoorAsync(IConfiguration addresses, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(addresses);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 0;
            server.Configure(addresses.GetSection("Kestrel"));
        });
        var door = builder.Build();
        _doors.Add(door);
        door.Run(AnswerAsync);
        await door.StartAsync(cancellationToken);
    }

    private static Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "text/plain";
        http.Response.Headers.CacheControl = "no-store";
        if (http.Request.Path == "/health/live")
        {
            return http.Response.WriteAsync("Healthy", http.RequestAborted);
        }

        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = $"{RetrySeconds}";
        return http.Response.WriteAsync("Starting: the database does not answer yet.", http.RequestAborted);
    }
}

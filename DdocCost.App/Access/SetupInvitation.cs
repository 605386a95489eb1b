using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace DdocCost.App.Access;

/// <summary>Prints the setup link once the server listens, as long as the instance has no user.</summary>
internal sealed class SetupInvitation(IServiceScopeFactory scopes, SetupCode code, IServer server, IHostApplicationLifetime lifetime, ILogger<SetupInvitation> log) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!await scope.ServiceProvider.GetRequiredService<CreateAdministrator>().IsDoneAsync(stoppingToken))
            {
                AccessLog.SetupNeeded(log, $"{Address()}/setup?code={Uri.EscapeDataString(code.Value)}");
            }
        }
        catch (Npgsql.NpgsqlException e)
        {
            AccessLog.SetupUnknown(log, e);
        }
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var onStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private string Address()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://127.0.0.1:8080";
        return address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).TrimEnd('/');
    }
}

using System.CommandLine;
using DdocCost.App.Access;
using DdocCost.App.Commands.Demos;
using DdocCost.App.Commands.Imports;
using DdocCost.App.Mailbox;
using DdocCost.Domain.Storage;
using DdocCost.Jobs;
using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Forgotten;
using DdocCost.Jobs.Polling;
using DdocCost.Jobs.Starting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Commands;

/// <summary><c>demo</c>: serves, with the trail of seven simulated accounts that goes through the same pipeline as a real one.</summary>
internal static class DemoCommand
{
    /// <summary>The command as it stands under the root.</summary>
    public static Command Create()
    {
        var settings = ServeCommand.Settings();
        var command = new Command("demo", "Serves with simulated accounts: four weeks of history once, then live traffic with incidents. Goes on where it stopped.") { settings };
        command.SetAction((result, cancellationToken) => InWords.RunAsync(
            "demo", result.InvocationConfiguration.Error, () => RunAsync(result.GetValue(settings) ?? [], result.InvocationConfiguration.Output, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, TextWriter output, CancellationToken cancellationToken)
    {
        await using var app = Server.Build(settings, Configure);
        if (!await DatabaseWait.UntilThereAsync(app, cancellationToken))
        {
            return 0;
        }

        var trail = Open(app.Services);
        await output.WriteLineAsync($"Demo: writing the trail of {trail.Start:d MMMM} to now");
        trail.WriteUntil(Now(app.Services), progress: null, cancellationToken);

        // Before it listens: else it would invite whoever reads the console to become the administrator.
        await app.Services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, cancellationToken);
        var login = await SignInAsync(app.Services, cancellationToken);
        await app.StartAsync(cancellationToken);
        await output.WriteLineAsync("Demo: importing what is new of it");
        var tenant = app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.Tenant;
        await DemoMail.ConnectAsync(app.Services, tenant, cancellationToken);
        var import = app.Services.GetRequiredService<FolderImport>();
        var summary = await ImportProgressBar.ShowAsync(progress => import.RunAsync(tenant, Folder(app.Configuration).Trail, progress, cancellationToken));
        await output.WriteLineAsync(FormattableString.Invariant($"Demo: {summary.Scored.Records:N0} records scored in {summary.Elapsed.TotalSeconds:N0} s"));
        await app.Services.GetRequiredService<DemoHunt>().RunAsync(tenant, trail, cancellationToken);
        await DemoMail.GreetAsync(app.Services, tenant, cancellationToken);
        await output.WriteLineAsync(Welcome(app, login));

        var live = app.Services.GetRequiredService<LiveTraffic>().RunAsync(trail, app.Lifetime.ApplicationStopping);
        await app.WaitForShutdownAsync(cancellationToken);
        await live;
        return 0;
    }

    private static void Configure(WebApplicationBuilder builder)
    {
        var tenant = builder.Configuration["Access:Tenant"] ?? new AccessOptions().Tenant;
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            // Its own name in the list, so that it stands beside whatever folders are configured.
            ["Sources:Folders:demo:Tenant"] = tenant,
            ["Sources:Folders:demo:Path"] = Folder(builder.Configuration).Trail,
            ["Sources:Folders:demo:Settle"] = "00:00:00", // files get their name when they are whole
        });
        builder.Logging.AddFilter(typeof(LiveTraffic).Namespace, LogLevel.Information);
        builder.Services.AddOptions<DemoOptions>().BindConfiguration("Demo").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<LiveTraffic>();
        DemoMail.Add(builder);
    }

    private static DemoTrail Open(IServiceProvider services)
    {
        var folder = Folder(services.GetRequiredService<IConfiguration>());
        Directory.CreateDirectory(folder.Trail);
        return DemoTrail.Open(folder.Trail, folder.State, services.GetRequiredService<IOptions<DemoOptions>>().Value, Now(services));
    }

    private static async Task<DemoLogin?> SignInAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var tenant = services.GetRequiredService<IOptions<AccessOptions>>().Value.Tenant;
        var path = Path.Combine(services.GetRequiredService<IOptions<DataOptions>>().Value.Folder, "demo-login.txt");
        return await DemoLogin.EnsureAsync(scope.ServiceProvider.GetRequiredService<CreateAdministrator>(), path, tenant, cancellationToken);
    }

    private static (string Trail, string State) Folder(IConfiguration configuration)
    {
        var data = configuration["Data:Folder"] ?? new DataOptions().Folder;
        return (Path.GetFullPath(Path.Combine(data, "demo", "trail")), Path.GetFullPath(Path.Combine(data, "demo", "state.json")));
    }

    private static string Welcome(WebApplication app, DemoLogin? login) =>
        $"""

          dd0c/cost is ready:  {app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()}
          Sign in as:          {login?.Name ?? "the administrator whom you made"}
          Password:            {(login is null ? "yours" : $"{login.Password}  (also in {login.Path})")}

          Mail of the demo:    /mailbox there; it goes no further

          Leave the dashboard open: within two minutes something expensive happens. Ctrl-C stops.

        """;

    private static DateTimeOffset Now(IServiceProvider services) => services.GetRequiredService<TimeProvider>().GetUtcNow();
}

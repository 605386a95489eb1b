using DdocCost.App.Access;
using DdocCost.App.Api;
using DdocCost.App.Audit;
using DdocCost.App.Exposure;
using DdocCost.App.Zombies;
using DdocCost.App.Health;
using DdocCost.App.Ingest;
using DdocCost.App.Live;
using DdocCost.App.Mailbox;
using DdocCost.App.Notify.Inbound;
using DdocCost.App.Shell;
using DdocCost.Domain;
using DdocCost.Jobs;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Observability;
using DdocCost.Jobs.Starting;
using Hangfire;
using MudBlazor.Services;

namespace DdocCost.App;

/// <summary>The web application: builds it, runs it until it is stopped.</summary>
internal static class Server
{
    private static readonly DashboardOptions JobsDashboard = new() { DashboardTitle = "dd0c/cost jobs", AppPath = "/", DisplayStorageConnectionString = false };

    /// <summary>Runs until stopped by signal or token.</summary>
    /// <param name="settings">Configuration values of the command line, as <c>--Key=Value</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The exit code: 0 after an orderly stop.</returns>
    public static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        await using var app = Build(settings);
        if (!await DatabaseWait.UntilThereAsync(app, cancellationToken))
        {
            return 0;
        }

        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>Everything but the start; a test adds what it needs.</summary>
    internal static WebApplication Build(string[] settings, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = settings,
            ApplicationName = typeof(Server).Assembly.GetName().Name,
            // Found beside the program, wherever it is started from.
            ContentRootPath = AppContext.BaseDirectory,
        });
        configure?.Invoke(builder);
        builder.Configuration.ListenForAgents();
        AddServices(builder);
        var app = builder.Build();
        Use(app);
        Map(app);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        // In Development assets are served from the source folders; outside of it they lie in wwwroot, once published.
        builder.WebHost.UseStaticWebAssets();
        builder.Services
            .AddDomain(MissingSettingException.ConnectionString(builder.Configuration, "Postgres"))
            .AddLiveFeed(MissingSettingException.ConnectionString(builder.Configuration, "Redis"))
            .AddJobStorage(MissingSettingException.ConnectionString(builder.Configuration, "Postgres"))
            .AddJobsInProcess(builder.Configuration)
            .AddAppStorage()
            .AddAccess(builder.Configuration)
            .AddLivePages()
            .AddInbound()
            .AddPageReaders()
            .AddIngest()
            .AddApi()
            .AddObservability(builder.Configuration)
            .AddMudServices()
            .AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddTrustedProxies();
    }

    private static void Use(WebApplication app)
    {
        app.UseForwardedHeaders(); // from a proxy on this machine; others are named in Access:TrustedProxies
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseSecurityHeaders();
        app.UseRefusalOfUnreadable();
        app.UseApi();
        // Scripts, hubs and tools get the bare status.
        app.UseWhen(WantsPage, pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseApiRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseReadersNumbers();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseRefusalOfUnreadableForms();
    }

    private static void Map(WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapAppHealth();
        app.MapAccess();
        app.MapLive();
        app.MapInbound();
        app.MapExposure();
        app.MapZombies();
        app.MapMailbox();
        app.MapAudit();
        app.MapIngest();
        app.MapApi();
        app.MapHangfireDashboardWithAuthorizationPolicy(Roles.OperatorPolicy, "/hangfire", JobsDashboard);
        app.MapRazorComponents<Shell.App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null);
    }

    private static bool WantsPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}

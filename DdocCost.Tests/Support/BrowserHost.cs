using System.Net.Http.Headers;
using DdocCost.App;
using DdocCost.App.Access;
using DdocCost.App.Access.Tokens;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Jobs.Live;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DdocCost.Tests.Support;

/// <summary>The whole web application on a real port, with a database of its own and the run's Redis; no job server inside.</summary>
public sealed class BrowserHost : IAsyncDisposable
{
    /// <summary>The code that setup asks for.</summary>
    public const string SetupCode = "setup-code-of-this-test";

    /// <summary>A password that is accepted.</summary>
    public const string Password = "correct horse battery";

    /// <summary>The tenant that setup makes an administrator of.</summary>
    public const string Tenant = "default";

    private readonly Func<string, Task<WebApplication>> _start;
    private readonly string _folder;
    private WebApplication _app;

    private BrowserHost(WebApplication app, Func<string, Task<WebApplication>> start, string folder, string database) =>
        (_app, _start, _folder, ConnectionString) = (app, start, folder, database);

    /// <summary>Its database, in Npgsql's form.</summary>
    public string ConnectionString { get; }

    /// <summary>Its address, without a slash at the end.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().TrimEnd('/');

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Documents.</summary>
    public IDocumentStore Store => Services.GetRequiredService<IDocumentStore>();

    /// <summary>Starts one.</summary>
    /// <param name="postgres">Where its database is made.</param>
    /// <param name="redis">StackExchange.Redis address.</param>
    /// <param name="settings">More configuration, as <c>--Key=Value</c>.</param>
    public static Task<BrowserHost> StartAsync(PostgresServer postgres, string redis, params string[] settings) => StartAsync(postgres, redis, _ => { }, settings);

    /// <summary>Starts one with more than the application has by itself, as a command of it would.</summary>
    public static async Task<BrowserHost> StartAsync(PostgresServer postgres, string redis, Action<WebApplicationBuilder> configure, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("ddoc-app-").FullName;
        var database = await postgres.NewDatabaseAsync();
        string[] all =
        [
            "--environment=Production", $"--ConnectionStrings:Postgres={database}", $"--ConnectionStrings:Redis={redis}",
            "--Jobs:InProcess=false", $"--Data:Folder={folder}", $"--Access:SetupCode={SetupCode}", "--Access:AttemptsPerMinute=1000", .. settings,
        ];
        return new BrowserHost(await StartOnAsync("http://127.0.0.1:0"), StartOnAsync, folder, database);

        async Task<WebApplication> StartOnAsync(string url)
        {
            var app = Server.Build([$"--urls={url}", .. all], builder =>
            {
                builder.Logging.ClearProviders();
                // Hangfire keeps the logger factory of whichever host came last for the whole process; one that is never disposed serves them all.
                builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
                // Guessing is to be slow, but there is nothing to guard here: the default of 100,000 takes 50 ms of a processor for each password.
                builder.Services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
                configure(builder);
            });
            await app.StartAsync(TestContext.Current.CancellationToken);
            return app;
        }
    }

    /// <summary>Stops it, and starts it again at the same address on the same database; it has forgotten all circuits.</summary>
    /// <param name="meanwhile">While nothing answers there.</param>
    public async Task RestartAsync(Func<Task> meanwhile)
    {
        var url = Url;
        await _app.DisposeAsync();
        await meanwhile();
        _app = await _start(url);
    }

    /// <summary>Makes a token that acts for a person.</summary>
    /// <returns>What goes behind <c>Authorization: Bearer</c>.</returns>
    public async Task<string> AddTokenAsync(AppUser owner, AccessRole scope, IReadOnlyList<string>? accounts = null)
    {
        var made = await Services.GetRequiredService<ApiTokens>().CreateAsync(
            owner, "test", scope, TimeSpan.FromDays(1), accounts, isService: false, Mouth.Page, TestContext.Current.CancellationToken);
        Assert.Null(made.Problem);
        return made.Secret!;
    }

    /// <summary>A client with a token of a person of this role, made on the spot.</summary>
    public async Task<HttpClient> ApiClientAsync(AccessRole role, string tenant = Tenant, IReadOnlyList<string>? accounts = null)
    {
        var owner = await AddUserAsync($"{role}-{Guid.NewGuid():N}", role, tenant, accounts);
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await AddTokenAsync(owner, role));
        return client;
    }

    /// <summary>Makes a user.</summary>
    public async Task<AppUser> AddUserAsync(string name, AccessRole role, string tenant = Tenant, IReadOnlyList<string>? accounts = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser { Name = name, TenantId = tenant, Role = role, Accounts = accounts };
        var made = await users.CreateAsync(user, Password);
        Assert.True(made.Succeeded, string.Join(' ', made.Errors.Select(e => e.Description)));
        return user;
    }

    /// <summary>Stores documents of a tenant.</summary>
    public async Task StoreAsync(string tenant, params object[] documents)
    {
        await using var session = Store.LightweightSession(tenant);
        session.StoreObjects(documents);
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Tells over Redis that cases changed, as a scoring process does.</summary>
    public async Task TellAsync(string tenant, params AnomalyCase[] cases) => await Services.GetRequiredService<ILivePublisher>().PublishAsync(
        new LiveUpdate(tenant, cases[0].AccountId, DateTimeOffset.UtcNow, cases.Sum(c => c.UsdPerHour), 1, cases, []));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

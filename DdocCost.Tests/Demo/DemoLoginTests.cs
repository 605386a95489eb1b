using System.Runtime.Versioning;
using DdocCost.App.Access;
using DdocCost.App.Commands.Demos;
using DdocCost.App;
using DdocCost.Domain.Storage;
using DdocCost.Domain;
using DdocCost.Jobs.Secrets;
using DdocCost.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Demo;

[UnsupportedOSPlatform("windows")] // where files have no mode
public sealed class DemoLoginTests(PostgresServer postgres) : IDisposable
{
    private readonly Written _written = new();

    private string File => Path.Combine(_written.Folder, "demo-login.txt");

    public void Dispose() => _written.Dispose();

    [Fact]
    public async Task Is_made_once_works_and_is_readable_by_its_owner_only()
    {
        await using var services = await ServicesAsync();

        var made = await EnsureAsync(services);
        var again = await EnsureAsync(services);

        Assert.NotNull(made);
        Assert.Equal(made, again);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = await users.FindByNameAsync(made.Name);
        Assert.True(await users.CheckPasswordAsync(user!, made.Password));
        Assert.Equal(AccessRole.Administrator, user!.Role);
    }

    [Fact]
    public async Task Takes_nobody_s_instance_over()
    {
        await using var services = await ServicesAsync();
        await using (var scope = services.CreateAsyncScope())
        {
            Assert.Empty(await scope.ServiceProvider.GetRequiredService<CreateAdministrator>()
                .CreateAsync("owner@example.com", "a password of mine", "default", TestContext.Current.CancellationToken));
        }

        Assert.Null(await EnsureAsync(services));
        Assert.False(System.IO.File.Exists(File));
    }

    private async Task<DemoLogin?> EnsureAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await DemoLogin.EnsureAsync(scope.ServiceProvider.GetRequiredService<CreateAdministrator>(), File, "default", TestContext.Current.CancellationToken);
    }

    private async Task<ServiceProvider> ServicesAsync()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddSecrets().AddDomain(await postgres.NewDatabaseAsync()).AddAppStorage().AddUsers().BuildServiceProvider();
        await services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, TestContext.Current.CancellationToken);
        return services;
    }
}

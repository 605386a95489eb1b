using System.CommandLine;
using DdocCost.App.Access;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Starting;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Commands;

/// <summary><c>administrator</c>: makes the first user, for installations that nobody watches.</summary>
internal static class AdministratorCommand
{
    /// <summary>Exit code where there is an administrator already.</summary>
    private const int AlreadyThere = 3;

    /// <summary>The command as it stands under the root.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "E-mail address or other name to sign in with." };
        var command = new Command("administrator", "Makes the administrator of a new instance; the password is read from the first line of the standard input.") { name };
        command.SetAction((result, cancellationToken) => InWords.RunAsync(
            "administrator", result.InvocationConfiguration.Error, () => RunAsync(result.GetRequiredValue(name), result.InvocationConfiguration.Error, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(string name, TextWriter error, CancellationToken cancellationToken)
    {
        var builder = CommandHost.Create();
        builder.Services.AddOptions<AccessOptions>().BindConfiguration("Access").ValidateDataAnnotations();
        builder.Services.AddUsers();
        using var host = builder.Build();
        await host.Services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, cancellationToken);
        await using var scope = host.Services.CreateAsyncScope();
        var administrator = scope.ServiceProvider.GetRequiredService<CreateAdministrator>();
        if (await administrator.IsDoneAsync(cancellationToken))
        {
            await error.WriteLineAsync("administrator: this instance has one already.");
            return AlreadyThere;
        }

        var password = await Console.In.ReadLineAsync(cancellationToken) ?? "";
        var tenant = host.Services.GetRequiredService<IOptions<AccessOptions>>().Value.Tenant;
        var problems = await administrator.CreateAsync(name, password, tenant, cancellationToken);
        await error.WriteLineAsync(string.Join(' ', problems));
        return problems.Count == 0 ? 0 : 1;
    }
}

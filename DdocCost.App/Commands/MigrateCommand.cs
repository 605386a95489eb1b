using System.CommandLine;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Starting;

namespace DdocCost.App.Commands;

/// <summary><c>migrate</c>: brings the database to what this version needs.</summary>
internal static class MigrateCommand
{
    /// <summary>The command as it stands under the root.</summary>
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database up to date: documents, queue, job server. Safe to repeat, and while an older version runs.");
        command.SetAction((result, cancellationToken) =>
            InWords.RunAsync("migrate", result.InvocationConfiguration.Error, () => RunAsync(result.InvocationConfiguration.Output, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        using var host = CommandHost.Create().Build();
        var migrations = host.Services.GetRequiredService<Migrations>();
        await migrations.ApplyAsync((name, result) => output.WriteLine($"{name}: {result}"), cancellationToken);
        return 0;
    }
}

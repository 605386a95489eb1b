using System.CommandLine;
using DdocCost.App.Commands.Imports;
using DdocCost.Jobs.Polling;
using DdocCost.Jobs.Scoring;

namespace DdocCost.App.Commands;

/// <summary><c>import</c>: takes a folder of CloudTrail logs through the durable pipeline and waits until all of it is scored.</summary>
internal static class ImportCommand
{
    private const int Interrupted = 130; // as shells have it for Ctrl-C

    /// <summary>The command as it stands under the root.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A CloudTrail log file, or a folder that is searched to its depth." };
        var tenant = new Option<string>("--tenant", "-t") { Description = "Whose records these are.", Required = true };
        var json = new Option<bool>("--json") { Description = "Prints the summary as one JSON object instead of text." };
        var command = new Command("import", "Takes CloudTrail logs into the database and scores them. Safe to kill and to repeat: no record counts twice.")
        {
            path, tenant, json,
        };
        command.SetAction((result, cancellationToken) =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            return CommandHost.RunAsync("import", error, () => RunAsync(
                result.GetRequiredValue(path), result.GetRequiredValue(tenant), result.GetValue(json), output, error, cancellationToken));
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string path, string tenant, bool asJson, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var builder = CommandHost.Create();
        builder.Services.AddScoring();
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);
        ImportSummary? summary;
        try
        {
            summary = await RunAsync(host, path, tenant, cancellationToken);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }

        if (summary is null)
        {
            await error.WriteLineAsync("import: interrupted. What is in stays in; run it again to go on.");
            return Interrupted;
        }

        await output.WriteAsync(asJson ? ImportSummaryJson.Of(summary) : ImportSummaryText.Of(summary));
        return summary.Files > 0 && summary.Taken.Failed.Count == summary.Files ? CommandHost.CannotRead : 0;
    }

    /// <summary>Imports; null where Ctrl-C, which the host hears, came in between.</summary>
    private static async Task<ImportSummary?> RunAsync(IHost host, string path, string tenant, CancellationToken cancellationToken)
    {
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        try
        {
            var import = host.Services.GetRequiredService<FolderImport>();
            return await ImportProgressBar.ShowAsync(progress => import.RunAsync(tenant, path, progress, either.Token));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return null;
        }
    }
}

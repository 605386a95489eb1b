using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Reprocess;
using DdocCost.Jobs.Reprocess;

namespace DdocCost.App.Commands;

/// <summary><c>reprocess</c>: reads a range of the raw archive again, with the catalogue and prices of now.</summary>
internal static class ReprocessCommand
{
    private const int Interrupted = 130; // as shells have it for Ctrl-C
    private const int NotDone = 3;

    /// <summary>The command as it stands under the root.</summary>
    public static Command Create()
    {
        var tenant = new Option<string>("--tenant", "-t") { Description = "Whose records.", Required = true };
        var account = new Option<string?>("--account", "-a") { Description = "One account; all where it is not given." };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Events from then on (UTC); from the first where it is not given." };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Events before then (UTC); to the last where it is not given." };
        var json = new Option<bool>("--json") { Description = "Prints the result as one JSON object instead of text." };
        var command = new Command("reprocess", "Reads the raw archive again with today's catalogue and prices. Safe to kill and to repeat: the same command goes on.")
        {
            tenant, account, from, to, json,
        };
        command.SetAction((result, cancellationToken) =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            return CommandHost.RunAsync("reprocess", error, () => RunAsync(
                result.GetRequiredValue(tenant), result.GetValue(account), result.GetValue(from) ?? DateTimeOffset.UnixEpoch,
                result.GetValue(to) ?? new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), result.GetValue(json), output, error, cancellationToken));
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string tenant, string? account, DateTimeOffset from, DateTimeOffset to, bool asJson, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using var host = CommandHost.Create().Build();
        var (run, problem) = await host.Services.GetRequiredService<ReprocessDesk>().AskAsync(
            tenant, account, from.ToUniversalTime(), to.ToUniversalTime(), new Speaker(Environment.UserName, Mouth.Command), cancellationToken);
        if (run is null)
        {
            await error.WriteLineAsync($"reprocess: {problem}");
            return NotDone;
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ConsoleCancelEventHandler stop = (_, pressed) =>
        {
            pressed.Cancel = true;
            stopping.Cancel();
        };
        Console.CancelKeyPress += stop;
        try
        {
            run = await host.Services.GetRequiredService<ReprocessJob>().RunAsync(tenant, run.Id, now => error.WriteLine(Progress(now)), stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await error.WriteLineAsync("reprocess: interrupted. What is done is done; the same command goes on.");
            return Interrupted;
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }

        if (run is null)
        {
            await error.WriteLineAsync("reprocess: another process is at it.");
            return NotDone;
        }

        await output.WriteLineAsync(asJson ? JsonSerializer.Serialize(run, JsonSerializerOptions.Web) : Text(run));
        return run.State == ReprocessState.Done ? 0 : NotDone;
    }

    private static string Progress(ReprocessRun run) => string.Create(CultureInfo.InvariantCulture, $"{run.AccountsDone} of {run.Accounts} accounts, {run.Result.Events} events");

    private static string Text(ReprocessRun run) => string.Create(CultureInfo.InvariantCulture,
        $"{run.Result.Events} events of {run.AccountsDone} accounts read again: {run.Result.Changed} cost something else, {run.Result.Added} are new, {run.Result.Removed} are none any more; {run.Result.Kept} kept, because the archive does not have their records.");
}

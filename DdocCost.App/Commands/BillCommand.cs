using System.CommandLine;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Reconcile;

namespace DdocCost.App.Commands;

/// <summary><c>bill</c>: takes in the files of a bill, to be compared with our estimates.</summary>
internal static class BillCommand
{
    /// <summary>The command as it stands under the root.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "The files of one bill: Cost and Usage Report or FOCUS, CSV or gzip.", Arity = ArgumentArity.OneOrMore };
        var tenant = new Option<string>("--tenant", "-t") { Description = "Whose bill.", Required = true };
        var command = new Command("bill", "Imports a bill to compare estimates with. All or nothing; the same files again change nothing, a newer bill of a month replaces it.") { files, tenant };
        command.SetAction((result, cancellationToken) =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            return CommandHost.RunAsync("bill", error, () => RunAsync(result.GetRequiredValue(files), result.GetRequiredValue(tenant), output, error, cancellationToken));
        });
        return command;
    }

    private static async Task<int> RunAsync(string[] files, string tenant, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using var host = CommandHost.Create().Build();
        var parts = files.Order(StringComparer.Ordinal).Select(path => new BillPart(Path.GetFileName(path), _ => Task.FromResult<Stream>(File.OpenRead(path)))).ToList();
        try
        {
            var outcome = await host.Services.GetRequiredService<BillImport>().RunAsync(tenant, parts, new Speaker(Environment.UserName, Mouth.Command), progress: null, cancellationToken);
            await output.WriteLineAsync(outcome.IsKnown
                ? "These very files are imported already; nothing changed."
                : FormattableString.Invariant($"{outcome.Tally.Lines} lines of {string.Join(", ", outcome.Periods.Select(period => FormattableString.Invariant($"{period:yyyy-MM}")))} imported, {outcome.Tally.Refused} malformed."));
            foreach (var reason in outcome.Tally.Reasons)
                await output.WriteLineAsync(FormattableString.Invariant($"  {reason.Lines} × {reason.Why}, first in line {reason.First}"));
            return 0;
        }
        catch (BillUnreadableException problem)
        {
            await error.WriteLineAsync($"bill: {problem.Message}");
            return CommandHost.CannotRead;
        }
    }
}

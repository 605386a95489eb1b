using System.CommandLine;
using System.Globalization;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Reconcile;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Reconcile;
using Marten;

namespace DdocCost.App.Commands;

/// <summary><c>bill</c>: takes in a bill, to be compared with our estimates.</summary>
internal static class BillCommand
{
    /// <summary>The command as it stands under the root.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "The files of one bill: Cost and Usage Report or FOCUS, CSV, gzip or Parquet. Or s3://bucket/prefix of an export, of which the newest month is taken.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var tenant = new Option<string>("--tenant", "-t") { Description = "Whose bill.", Required = true };
        var account = new Option<string?>("--account", "-a") { Description = "For S3 and Cost Explorer: the connected account whose credentials are used." };
        var month = new Option<string?>("--month", "-m") { Description = "For S3 and Cost Explorer: which month, such as 2026-10." };
        var explorer = new Option<bool>("--cost-explorer") { Description = "Ask Cost Explorer for a month, by service and day. AWS charges 0.01 USD a request." };
        var command = new Command("bill", "Imports a bill to compare estimates with. All or nothing; the same files again change nothing, a newer bill of a month replaces it.")
        {
            files, tenant, account, month, explorer,
        };
        command.SetAction((result, cancellationToken) =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var asked = new Asked(
                result.GetValue(files) ?? [], result.GetRequiredValue(tenant), result.GetValue(account), result.GetValue(month), result.GetValue(explorer));
            return CommandHost.RunAsync("bill", error, () => RunAsync(asked, output, error, cancellationToken));
        });
        return command;
    }

    private static async Task<int> RunAsync(Asked asked, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            using var host = CommandHost.Create().Build();
            var outcome = await ImportAsync(host.Services, asked, cancellationToken);
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

    private static async Task<BillOutcome> ImportAsync(IServiceProvider services, Asked asked, CancellationToken cancellationToken)
    {
        var by = new Speaker(Environment.UserName, Mouth.Command);
        DateOnly? month = asked.Month is null ? null
            : DateOnly.TryParseExact(asked.Month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? first
            : throw new BillUnreadableException($"'{asked.Month}' is no month; write it as 2026-10.");
        if (asked.Explorer)
        {
            return await services.GetRequiredService<CostExplorerBill>().ImportAsync(
                asked.Tenant, await AccountAsync(services, asked, cancellationToken), month ?? throw new BillUnreadableException("say which month with --month."), by, cancellationToken);
        }

        if (asked.Files is [var address] && address.StartsWith("s3://", StringComparison.Ordinal))
            return await services.GetRequiredService<BillBucket>().ImportAsync(asked.Tenant, await AccountAsync(services, asked, cancellationToken), address, month, by, progress: null, cancellationToken);
        if (asked.Files.Length == 0)
            throw new BillUnreadableException("name the files of a bill, the s3:// address of an export, or --cost-explorer.");
        var parts = asked.Files.Order(StringComparer.Ordinal).Select(path => new BillPart(Path.GetFileName(path), _ => Task.FromResult<Stream>(File.OpenRead(path)))).ToList();
        return await services.GetRequiredService<BillImport>().RunAsync(asked.Tenant, parts, by, progress: null, cancellationToken);
    }

    private static async Task<ConnectedAccount> AccountAsync(IServiceProvider services, Asked asked, CancellationToken cancellationToken)
    {
        await using var session = services.GetRequiredService<IDocumentStore>().QuerySession(asked.Tenant);
        return await session.Query<ConnectedAccount>().FirstOrDefaultAsync(account => account.AccountId == asked.Account, cancellationToken)
            ?? throw new BillUnreadableException(asked.Account is null ? "say whose credentials to use with --account." : $"the account {asked.Account} is not connected.");
    }

    private sealed record Asked(string[] Files, string Tenant, string? Account, string? Month, bool Explorer);
}

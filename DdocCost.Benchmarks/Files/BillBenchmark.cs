using System.Diagnostics;
using System.Globalization;
using DdocCost.Benchmarks.Durable;
using DdocCost.Domain;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Reconcile;
using DdocCost.Domain.Storage;
using DdocCost.Jobs;
using DdocCost.Jobs.Live;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DdocCost.Benchmarks.Files;

/// <summary>Imports a bill of many lines, written while it is read: how long, and in how much memory.</summary>
internal static class BillBenchmark
{
    private const string Header =
        "identity_line_item_id,bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,line_item_usage_start_date,line_item_product_code,"
        + "line_item_resource_id,line_item_unblended_cost,line_item_currency_code,pricing_public_on_demand_cost,line_item_line_item_description,product,resource_tags\n";

    /// <summary>Runs.</summary>
    /// <param name="args">Lines; 1,000,000 where empty.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var lines = args is [var told, ..] ? int.Parse(told, CultureInfo.InvariantCulture) : 1_000_000;
        using var servers = await PrivateServers.StartAsync();
        var database = await servers.NewDatabaseAsync("bills");
        var folder = Directory.CreateTempSubdirectory("ddoc-bench-bills-").FullName;
        // Not the folder that it was started in, all of which, log files and PostgreSQL's too, would be watched for changed settings.
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new Microsoft.Extensions.Hosting.HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Data:Folder", folder)]);
        builder.Services.AddDomain(database).AddLiveFeed(servers.Redis).AddJobStorage(database);
        using var host = builder.Build();
        await host.Services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, CancellationToken.None);

        await using var file = new GeneratedFile(Pieces(lines), 25_000_000);
        var (clock, ours, theirs) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, servers.PostgresTime);
        var outcome = await host.Services.GetRequiredService<BillImport>().RunAsync(
            "default", [new BillPart("bill.csv", _ => Task.FromResult<Stream>(file))], new Speaker("benchmark", Mouth.Command), progress: null, CancellationToken.None);
        var took = (clock.Elapsed - file.Looking).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | lines | MB | clock, s | lines a second | processor: ours, s | PostgreSQL, s | live heap at 25 MB, MB | most live heap after, MB | peak memory of the process, MB |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|
            | {outcome.Tally.Lines} | {file.Sent / 1e6:0} | {took:0.0} | {outcome.Tally.Lines / took:0} | {(Environment.CpuUsage.TotalTime - ours).TotalSeconds:0.0} | {(servers.PostgresTime - theirs).TotalSeconds:0.0} | {file.FirstAlive / 1e6:0.0} | {file.MostAlive / 1e6:0.0} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} |
            """));
        Directory.Delete(folder, recursive: true);
        return outcome.Tally.Lines == lines && outcome.Tally.Refused == 0 ? 0 : 1;
    }

    // Hourly lines of 50,000 resources in 20 accounts, as a daily report of a company has them.
    private static IEnumerable<string> Pieces(int lines)
    {
        yield return Header;
        string[] products = ["AmazonEC2", "AmazonRDS", "AmazonS3", "AWSELB", "AmazonDynamoDB"];
        for (var i = 0; i < lines; i++)
        {
            var (resource, day) = (i % 50_000, 1 + ((i / 50_000) % 28));
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"abcdefghijklmnopqrstuvwxyz{i},999988887777,2026-03-01T00:00:00.000Z,{111100000000 + (resource % 20)},Usage,2026-03-{day:00}T{i % 24:00}:00:00.000Z,{products[resource % 5]},i-{resource:x17},{0.0416 + (resource % 7)},USD,{0.0832 + (resource % 7)},\"$0.0416 per On Demand, Linux\",\"{{\"\"region\"\":\"\"eu-west-1\"\",\"\"instance_type\"\":\"\"m5.large\"\"}}\",\"{{\"\"user_team\"\":\"\"web\"\"}}\"\n");
        }
    }
}

using System.Globalization;
using System.Text.Json;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Reconcile;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Reconcile;

/// <summary>
/// Asks connected accounts what AWS Cost Anomaly Detection told, where <see cref="ReconcileOptions.AskAnomalies"/> is on. AWS does not say when it told
/// an anomaly, so what counts is between which two questions it came up.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetAnomalies.html</remarks>
public sealed class AwsAnomaliesJob(
    AwsClients clients, IDocumentStore store, AwsAnomalies anomalies, NpgsqlDataSource database, IPanicSwitch panic, IOptions<ReconcileOptions> options, TimeProvider clock, ILogger<AwsAnomaliesJob> log)
{
    private const int Days = 90; // all that AWS keeps

    private static readonly AwsOperation GetAnomalies = AwsServices.CostExplorer.Operation("GetAnomalies") with { Paging = new("NextPageToken", "NextPageToken") };

    /// <summary>Runs.</summary>
    /// <returns>How many anomalies the accounts told of.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.AskAnomalies || (await panic.ReadAsync(cancellationToken)).IsOn)
            return 0;
        var told = 0;
        foreach (var tenant in await TenantsAsync(cancellationToken))
        {
            await using var session = store.QuerySession(tenant);
            foreach (var account in await session.Query<ConnectedAccount>().OrderBy(account => account.AccountId).ToListAsync(cancellationToken))
                told += await AskAsync(tenant, account, cancellationToken);
        }

        return told;
    }

    private async Task<int> AskAsync(string tenant, ConnectedAccount account, CancellationToken cancellationToken)
    {
        var (now, before) = (clock.GetUtcNow(), await anomalies.AskedAtAsync(tenant, account.AccountId, cancellationToken));
        var input = new Dictionary<string, object>
        {
            ["DateInterval"] = new { StartDate = Date(now.AddDays(-Days)), EndDate = Date(now.AddDays(1)) },
            ["MaxResults"] = 100,
        };
        var told = new List<AwsAnomaly>();
        try
        {
            await foreach (var page in clients.For(tenant, account, account.Regions[0]).JsonPagesAsync(GetAnomalies, input, cancellationToken))
                told.AddRange(page.Items("Anomalies").Select(one => Read(one, account.AccountId, now, before)).OfType<AwsAnomaly>());
        }
        catch (Exception error) when (error is AwsException or NoCredentialsException)
        {
            ReconcileLog.AnomaliesNotTold(log, account.AccountId, error.Message);
            return 0;
        }

        await anomalies.KeepAsync(tenant, account.AccountId, told, now, cancellationToken);
        return told.Count;
    }

    private static AwsAnomaly? Read(JsonElement one, string asked, DateTimeOffset now, DateTimeOffset? before)
    {
        if (one.Text("AnomalyId") is not { } id || one.Time("AnomalyStartDate") is not { } began)
            return null;
        var cause = one.Items("RootCauses").FirstOrDefault();
        var service = cause.Text("Service") ?? one.Text("DimensionValue");
        return new AwsAnomaly(
            id, cause.Text("LinkedAccount") ?? asked, service is null ? "" : BilledService.Of(service), cause.Text("Region") ?? "", Day(began),
            one.Time("AnomalyEndDate") is { } ended ? Day(ended) : null, one.Member("Impact")?.Number("TotalImpact") ?? 0, now, before);
    }

    private async Task<IReadOnlyList<string>> TenantsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync("select distinct tenant_id from mt_doc_connected_accounts order by 1", row => row.GetString(0), cancellationToken);
    }

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

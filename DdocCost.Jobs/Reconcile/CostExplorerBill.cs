using System.Globalization;
using System.Text;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Reconcile;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using Npgsql;

namespace DdocCost.Jobs.Reconcile;

/// <summary>
/// Takes a month from Cost Explorer where no export is set up: by account, service and day, net of discounts, with commitments spread over what they
/// cover. It tells no resources, so it never takes the place of a bill that does. Each request costs 0.01 USD, which AWS charges to the account.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostAndUsage.html</remarks>
public sealed class CostExplorerBill(AwsClients clients, BillImport import, NpgsqlDataSource database, TimeProvider clock)
{
    private const string Metric = "NetAmortizedCost";

    private static readonly AwsOperation GetCostAndUsage = AwsServices.CostExplorer.Operation("GetCostAndUsage") with { Paging = new("NextPageToken", "NextPageToken") };

    /// <summary>Imports a month, as far as its days are over.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="account">Who is asked; a payer tells of its members too.</param>
    /// <param name="month">Its first day.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="cancellationToken">Stops it; nothing is kept then.</param>
    /// <exception cref="BillUnreadableException">AWS does not tell, or a bill of that month that tells more is there.</exception>
    public async Task<BillOutcome> ImportAsync(string tenantId, ConnectedAccount account, DateOnly month, Speaker by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var end = month.AddMonths(1) < today ? month.AddMonths(1) : today;
        var name = string.Create(CultureInfo.InvariantCulture, $"{BillFile.CostExplorer} {month:yyyy-MM}");
        if (end <= month)
            throw new BillUnreadableException($"{name} has no day yet that is over.");
        await RefuseWhereMoreIsKnownAsync(tenantId, month, cancellationToken);
        try
        {
            var file = await ReadAsync(clients.For(tenantId, account, account.Regions[0]), month, end, cancellationToken);
            return await import.RunAsync(tenantId, [new BillPart(name, _ => Task.FromResult<Stream>(new MemoryStream(file)))], by, progress: null, cancellationToken);
        }
        catch (Exception error) when (error is AwsException or NoCredentialsException)
        {
            throw new BillUnreadableException($"Cost Explorer does not tell: {error.Message}");
        }
    }

    /// <summary>The answer in the words of FOCUS, with a column that says where it comes from.</summary>
    private static async Task<byte[]> ReadAsync(AwsClient client, DateOnly month, DateOnly end, CancellationToken cancellationToken)
    {
        var input = new Dictionary<string, object>
        {
            ["TimePeriod"] = new { Start = Date(month), End = Date(end) },
            ["Granularity"] = "DAILY",
            ["Metrics"] = new[] { Metric },
            ["GroupBy"] = new[] { new { Type = "DIMENSION", Key = "LINKED_ACCOUNT" }, new { Type = "DIMENSION", Key = "SERVICE" } },
            ["Filter"] = new { Not = new { Dimensions = new { Key = "RECORD_TYPE", Values = new[] { "Credit", "Refund", "Tax" } } } },
        };
        var text = new StringBuilder($"BillingAccountId,SubAccountId,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ServiceName,EffectiveCost,BillingCurrency,{BillFile.CostExplorerColumn}\n");
        await foreach (var page in client.JsonPagesAsync(GetCostAndUsage, input, cancellationToken))
        {
            foreach (var day in page.Items("ResultsByTime"))
            {
                foreach (var group in day.Items("Groups"))
                {
                    if (group.Items("Keys").Select(key => key.GetString()).ToList() is not [{ } member, { } service] || group.Member("Metrics")?.Member(Metric) is not { } cost
                        || cost.Number("Amount") is not { } amount || amount == 0)
                    {
                        continue;
                    }

                    text.Append(CultureInfo.InvariantCulture, $"{client.AccountId},{Quoted(member)},{Date(month)},{Quoted(day.Member("TimePeriod")?.Text("Start") ?? "")},Usage,{Quoted(service)},{amount},{Quoted(cost.Text("Unit") ?? "")},true\n");
                }
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task RefuseWhereMoreIsKnownAsync(string tenantId, DateOnly month, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (await connection.ScalarAsync<bool>(
            "select exists (select from bills.periods p join bills.imports i on i.tenant_id = p.tenant_id and i.hash = p.import_hash where p.tenant_id = $1 and period = $2 and format <> $3)",
            cancellationToken, tenantId, month, BillFile.CostExplorer))
        {
            throw new BillUnreadableException(string.Create(CultureInfo.InvariantCulture, $"A bill of {month:yyyy-MM} is imported that tells more than Cost Explorer does; it stays."));
        }
    }

    private static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

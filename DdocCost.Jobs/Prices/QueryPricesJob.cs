using System.Collections.Concurrent;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Offers;
using DdocCost.Domain.Pricing.Refresh;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Prices;

/// <summary>
/// Hourly: asks AWS's Price List query API for the instance types that run and that the price book does not list in their region, and makes a
/// version of the book with them in it. Asks with the connected account's credentials, else with this machine's. Does nothing where it is off.
/// </summary>
public sealed class QueryPricesJob(
    AwsClients clients, RefreshRun run, CurrentPrices current, IDocumentStore store, NpgsqlDataSource database, IPanicSwitch panic,
    IOptions<PriceOptions> options, TimeProvider clock, ILogger<QueryPricesJob> log)
{
    private const int MostAtOnce = 100;

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromDays(1);

    private static readonly Dictionary<string, (string Offer, string[] Services)> Sold = new()
    {
        ["ec2:instance"] = ("AmazonEC2", ["ec2"]),
        ["rds:db"] = ("AmazonRDS", ["rds", "aurora"]),
        ["elasticache:node"] = ("AmazonElastiCache", ["elasticache"]),
    };

    /// <summary>What was asked for when; after a restart it is asked once more.</summary>
    private readonly ConcurrentDictionary<(string Offer, string Region, string Size), DateTimeOffset> asked = new();

    /// <summary>Runs.</summary>
    /// <returns>The version that was begun; null where it is off, panic mode is on, another refresh runs, or all that runs is listed.</returns>
    public async Task<long?> RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Query || (await panic.ReadAsync(cancellationToken)).IsOn)
            return null;
        var unlisted = await UnlistedAsync(cancellationToken);
        return unlisted.Count == 0 ? null : await run.RunAsync((draft, _, stop) => AskAsync(draft, unlisted, stop), cancellationToken);
    }

    private async Task AskAsync(RefreshDraft draft, IReadOnlyList<Unlisted> unlisted, CancellationToken cancellationToken)
    {
        foreach (var group in unlisted.GroupBy(one => (one.Offer, one.Region)))
        {
            var (offer, query) = (PriceOffer.All.Single(one => one.Code == group.Key.Offer), new PriceQuery(log));
            var answered = 0;
            foreach (var one in group)
            {
                asked[(one.Offer, one.Region, one.Size)] = clock.GetUtcNow();
                try
                {
                    await query.AskAsync(await ClientAsync(one, cancellationToken), offer, one.Region, one.Size, cancellationToken);
                    answered++;
                }
                catch (Exception e) when (e is AwsException or NoCredentialsException)
                {
                    draft.Fail(offer, one.Region, $"does not tell the price of {one.Size}: {e.Message}");
                }
            }

            if (answered > 0)
                draft.TakeSome(offer, group.Key.Region, query.Published, query.Prices, query.Skipped);
        }
    }

    private async Task<AwsClient> ClientAsync(Unlisted one, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(one.Tenant);
        var account = await session.Query<ConnectedAccount>().FirstOrDefaultAsync(account => account.AccountId == one.Account, cancellationToken);
        return account is null ? clients.ForMachine(PriceQuery.Region) : clients.For(one.Tenant, account, PriceQuery.Region);
    }

    /// <summary>Instance types that run where the book does not list them, and that were not asked for lately; those of connected accounts first.</summary>
    private async Task<IReadOnlyList<Unlisted>> UnlistedAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, at) in asked)
        {
            if (clock.GetUtcNow() - at > AskAgainAfter)
                asked.TryRemove(key, out _);
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var running = await connection.QueryAsync(
            """
            select distinct r.data ->> 'resourceType', r.data ->> 'region', r.data ->> 'size', r.tenant_id, r.account_id,
              exists (select from mt_doc_connected_accounts a where a.tenant_id = r.tenant_id and a.data ->> 'accountId' = r.account_id) as connected
            from mt_doc_running_resources r
            where r.data ->> 'resourceType' = any ($1) and r.data ->> 'region' <> '' and r.data ->> 'size' like '%.%'
            order by connected desc, 1, 2, 3, 4, 5
            """,
            row => (Type: row.GetString(0), Region: row.GetString(1), Size: row.GetString(2), Tenant: row.GetString(3), Account: row.GetString(4)),
            cancellationToken, (object)Sold.Keys.ToArray()); // one parameter, not one a key
        var listed = current.Book.Rows.Where(row => row.Source != "derived").Select(row => (row.Service, Size: row.Product.Split(' ')[0], row.Region)).ToHashSet();
        return
        [
            .. running
                .Where(one => AwsPartition.OfRegion(one.Region).Id == "aws" && !Array.Exists(Sold[one.Type].Services, service => listed.Contains((service, one.Size, one.Region))))
                .Select(one => new Unlisted(Sold[one.Type].Offer, one.Region, one.Size, one.Tenant, one.Account))
                .DistinctBy(one => (one.Offer, one.Region, one.Size))
                .Where(one => !asked.ContainsKey((one.Offer, one.Region, one.Size)))
                .Take(MostAtOnce),
        ];
    }

    private sealed record Unlisted(string Offer, string Region, string Size, string Tenant, string Account);
}

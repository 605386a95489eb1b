using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Tuning;
using Marten;

namespace DdocCost.Jobs.Scoring;

/// <summary>
/// Reads what people have set for the accounts of a batch. Read anew for each batch, so that a change holds from the next batch on in
/// whichever process has the lane, and nothing has to be told.
/// </summary>
internal sealed class RulesReader(IDocumentStore store, TimeProvider clock)
{
    /// <summary>Events come late; what ended longer ago is not looked at any more.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(7);

    /// <summary>Reads the rules of all accounts of a batch.</summary>
    /// <returns>Finds those of a delivery's account.</returns>
    public async Task<Func<DeliveryPointer, AccountRules>> ReadAsync(IEnumerable<DeliveryPointer> deliveries, CancellationToken cancellationToken)
    {
        DateTimeOffset? ended = clock.GetUtcNow() - Late;
        var rules = new Dictionary<(string Tenant, string Account), AccountRules>();
        foreach (var tenant in deliveries.GroupBy(delivery => delivery.TenantId))
        {
            var accounts = tenant.Select(delivery => delivery.AccountId).Distinct().ToArray();
            await using var session = store.QuerySession(tenant.Key);
            var query = session.CreateBatchQuery();
            var settings = query.Load<DetectionSettings>(DetectionSettings.TheId);
            var expectations = query.Query<StandingExpectation>()
                .Where(expectation => expectation.AccountId.IsOneOf(accounts) && (expectation.Until == null || expectation.Until > ended)).ToList();
            await query.Execute(cancellationToken);
            var expected = (await expectations).OrderBy(expectation => expectation.Id, StringComparer.Ordinal).ToLookup(expectation => expectation.AccountId);
            foreach (var account in accounts)
            {
                rules[(tenant.Key, account)] = new AccountRules(account, await settings ?? DetectionSettings.None, [.. expected[account]]);
            }
        }

        return delivery => rules[(delivery.TenantId, delivery.AccountId)];
    }
}

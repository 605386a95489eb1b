using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Queue;
using Marten;

namespace DdocCost.Jobs.Scoring;

/// <summary>
/// Reads what people have set for the accounts of a batch. Read anew for each batch, so that a change holds from the next batch on in
/// whichever process has the lane, and nothing has to be told.
/// </summary>
internal sealed class RulesReader(IDocumentStore store)
{
    /// <summary>Reads the rules of all accounts of a batch.</summary>
    /// <returns>Finds those of a delivery's account.</returns>
    public async Task<Func<DeliveryPointer, AccountRules>> ReadAsync(IEnumerable<DeliveryPointer> deliveries, CancellationToken cancellationToken)
    {
        var rules = new Dictionary<(string Tenant, string Account), AccountRules>();
        foreach (var tenant in deliveries.GroupBy(delivery => delivery.TenantId))
        {
            var accounts = tenant.Select(delivery => delivery.AccountId).Distinct().ToArray();
            await using var session = store.QuerySession(tenant.Key);
            var found = await session.Query<StandingExpectation>().Where(expectation => expectation.AccountId.IsOneOf(accounts)).ToListAsync(cancellationToken);
            foreach (var ofAccount in found.OrderBy(expectation => expectation.Id, StringComparer.Ordinal).GroupBy(expectation => expectation.AccountId))
            {
                rules[(tenant.Key, ofAccount.Key)] = new AccountRules([.. ofAccount]);
            }
        }

        return delivery => rules.GetValueOrDefault((delivery.TenantId, delivery.AccountId), AccountRules.None);
    }
}

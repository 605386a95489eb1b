using System.Text;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies;

/// <summary>Sends what a scan knows better than the trail as records of our own, the way of all records.</summary>
internal sealed class LedgerCorrector(Intake intake)
{
    private const int MostInADelivery = 1_000;

    /// <summary>Sends; the same correction of the same scan again changes nothing.</summary>
    public async Task SendAsync(string tenant, HuntRun run, string region, InventoryCorrection correction, CancellationToken cancellationToken)
    {
        var records = correction.Missed.Select(missed => InventoryRecord.Missed(run.AccountId, region, missed.ResourceType, missed.ResourceId, run.StartedAt))
            .Concat(correction.Found.Select(found => InventoryRecord.Found(run.AccountId, region, Suspect.ChangeOf(found), found.Created, run.StartedAt)));
        foreach (var (some, i) in records.Chunk(MostInADelivery).Index().Select(pair => (pair.Item, pair.Index)))
        {
            var content = Encoding.UTF8.GetBytes($"{{\"Records\":[{string.Join(',', some)}]}}");
            var name = FormattableString.Invariant($"inventory/{run.AccountId}/{region}/{run.StartedAt:yyyyMMddTHHmmss}-{i}.json");
            await intake.TakeAsync(tenant, "inventory", [new Delivery(name, run.StartedAt, () => new MemoryStream(content))], cancellationToken);
        }
    }
}

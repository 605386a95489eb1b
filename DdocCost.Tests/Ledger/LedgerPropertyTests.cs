using CsCheck;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using Xunit;
using static DdocCost.Domain.Normalise.ResourceAction;

namespace DdocCost.Tests.Ledger;

public class LedgerPropertyTests
{
    /// <summary>Few names and much overlap, so that starts, stops, changes and definitions meet in every order, late ones included.</summary>
    private static readonly Gen<ResourceEvent[]> events =
        Gen.Select(Gen.Int[0, 10], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[-30, 200], Gen.Int[1, 3], Gen.Bool).Array[1, 60].Select(Events);

    [Fact]
    public void Stored_and_taken_up_at_any_point_it_gives_the_same_results() =>
        Gen.Select(events, Gen.Int[0, 59].HashSet[0, 6]).Sample((all, stops) =>
        {
            var (once, outputs) = Run(all, []);
            var (pieces, inPieces) = Run(all, stops);
            return outputs.SequenceEqual(inPieces) && once.Text == pieces.Text;
        }, iter: 500);

    [Fact]
    public void The_hours_add_up_to_the_exposure_and_the_exposure_to_what_runs() =>
        events.Sample(all =>
        {
            var store = new LedgerStore();
            var ledger = store.Load();
            foreach (var e in all)
                ledger.Apply(e);
            store.Save(ledger.DrainChanges());
            var running = ledger.Running.Values.Sum(resource => resource.UsdPerHour ?? 0);
            return ledger.ExposureUsdPerHour == running && store.Hours.Values.Sum(hour => hour.NetUsdPerHour) == running && running >= 0;
        }, iter: 500, print: Print);

    [Fact]
    public void The_events_add_up_to_the_exposure_where_every_start_was_seen() =>
        events.Sample(all =>
        {
            var ledger = new ResourceLedger(Trail.Account, [], [], []);
            var sum = 0m;
            foreach (var e in all.Where(e => e.Action != Reprice && AllSeen(e, ledger)))
            {
                var costed = ledger.Apply(e);
                sum += (costed.UsdPerHour ?? 0) - costed.Expired.Sum(resource => resource.UsdPerHour);
                if (costed.ExposureAfterUsdPerHour != sum)
                    return false;
            }

            return true;
        }, iter: 500, print: Print);

    [Fact]
    public void A_stop_after_a_start_returns_to_the_former_exposure() =>
        Gen.Select(AnyOf("m5.large", "p5.48xlarge", "t3.nano", "m9g.24xlarge"), Gen.Int[1, 50], Gen.Int[0, 50]).Sample((size, before, count) =>
        {
            var trail = new Trail();
            trail.Launch("c5.xlarge", [.. Enumerable.Range(0, before).Select(i => $"i-before-{i}")]);
            var exposure = trail.Ledger.ExposureUsdPerHour;
            string[] ids = [.. Enumerable.Range(0, count + 1).Select(i => $"i-{i}")];
            trail.Launch(size, ids);
            return trail.Terminate(ids).ExposureAfterUsdPerHour == exposure;
        });

    [Fact]
    public void Prices_are_linear_in_quantity() =>
        Gen.Select(AnyOf(Priced), Gen.Int[1, 100_000]).Sample((one, quantity) =>
        {
            var single = PricedResources.Price(one, "eu-west-1", PriceBook.Embedded).UsdPerHour!.Value;
            var many = PricedResources.Price(one with { Quantity = quantity }, "eu-west-1", PriceBook.Embedded).UsdPerHour!.Value;
            // Each line is rounded to ten places.
            return Math.Abs(many - (single * quantity)) <= 0.000000001m * quantity;
        });

    private static readonly ResourceChange[] Priced =
    [
        Of(Start, "ec2:instance", "m5.large"),
        Of(Start, "ec2:volume", "io2") with { Traits = new() { StorageGib = 16384, Iops = 80_000 } },
        Of(Start, "ec2:volume", "gp3") with { Traits = new() { StorageGib = 333, Iops = 4_000, ThroughputMibps = 333 } },
        Of(Start, "rds:db", "db.r5.large") with { Traits = new() { Engine = "postgres", MultiAz = true, StorageGib = 77 } },
        Of(Start, "ecs:service", "fargate") with { Traits = new() { VCpu = 0.25m, MemoryGib = 0.5m } },
        Of(Start, "vpc:nat-gateway", null),
    ];

    private static (LedgerStore Store, List<string> Outputs) Run(ResourceEvent[] all, HashSet<int> restartBefore)
    {
        var (store, outputs) = (new LedgerStore(), new List<string>());
        var ledger = store.Load();
        for (var i = 0; i < all.Length; i++)
        {
            if (restartBefore.Contains(i))
            {
                store.Save(ledger.DrainChanges());
                ledger = store.Load();
            }

            outputs.Add(LedgerStore.Write(ledger.Apply(all[i])));
        }

        store.Save(ledger.DrainChanges());
        return (store, outputs);
    }

    private static bool AllSeen(ResourceEvent e, ResourceLedger ledger)
    {
        bool Known(ResourceChange change) => change.ResourceIds.All(id => ledger.Running.Values.Any(
            resource => resource.ResourceId == id && resource.ResourceType == change.ResourceType && resource.UsdPerHour is not null));
        return e.Changes.All(change => change.Action switch
        {
            Stop or Change => Known(change),
            Start => change.Size is not null || Known(change),
            _ => true,
        });
    }

    private static ResourceEvent[] Events((int What, int Name, int Size, int Minute, int Count, bool Flag)[] drawn) =>
        [.. drawn.Select((one, i) => Event(i, one.What, one.Name, one.Size, (i * 10) + one.Minute, one.Count, one.Flag))];

    private static ResourceEvent Event(int i, int what, int name, int size, int minute, int count, bool flag)
    {
        string[] ids = [.. Enumerable.Range(name, count).Select(n => $"id-{n}")];
        var (operation, change) = what switch
        {
            0 => ("RunInstances", Of(Start, "ec2:instance", Instance(size)) with { Quantity = count, Traits = new() { Spot = flag, StorageGib = flag ? 10 : null } }),
            1 => ("TerminateInstances", Of(Stop, "ec2:instance", null)),
            2 => ("StopInstances", Of(Stop, "ec2:instance", null)),
            3 => ("StartInstances", Of(Start, "ec2:instance", null)),
            4 => (flag ? "ModifyInstanceAttribute" : "ModifyDBInstance", Of(Change, flag ? "ec2:instance" : "rds:db", flag ? Instance(size) : Class(size))),
            5 => ("CreateDBInstance", Of(Start, "rds:db", Class(size)) with { Owner = flag ? "rds:id-0" : null, Traits = new() { Engine = "postgres", MultiAz = flag, StorageGib = 7 * count } }),
            6 => (flag ? "StopDBInstance" : "DeleteDBInstance", Of(Stop, "rds:db", flag ? null : Class(size))),
            7 => (flag ? "StopDBCluster" : "StartDBCluster", Of(flag ? Stop : Start, "rds:cluster", null)),
            8 => ("CreateTrainingJob", Of(Start, "sagemaker:training-job", "ml.m5.xlarge") with { Traits = new() { MaxHours = count / 3d } }),
            10 => (flag ? "CreateTags" : "ListPricesMoved", flag ? Of(Tag, "ec2:instance", null) : Of(Reprice, "ec2:instance", null) with { Rate = new RateMove(1, 0.096m, 0.1m * count) }),
            _ => ("CreateEndpointConfig", Of(Define, "sagemaker:endpoint-config", "ml.m5.xlarge") with { Definition = $"sagemaker:endpoint-config/cfg-{name}", Quantity = count }),
        };
        if (what == 9 && flag)
            (operation, change) = ("CreateEndpoint", Of(size == 0 ? Change : Start, "sagemaker:endpoint", null) with { Definition = $"sagemaker:endpoint-config/cfg-{name}" });
        return Trail.Event(i + 1, minute, operation, flag ? "alice" : "bruno", change with { ResourceIds = ids });
    }

    private static string Instance(int size) => size switch { 0 => "m5.large", 1 => "c5.xlarge", 2 => "p5.48xlarge", _ => "quantum.large" };

    private static string Class(int size) => size switch { 0 => "db.t3.medium", 1 => "db.r5.large", 2 => "db.r8g.large", _ => "db.r5.24xlarge" };

    private static ResourceChange Of(ResourceAction action, string type, string? size) => new() { Action = action, ResourceType = type, Size = size };

    private static string Print(ResourceEvent[] all) =>
        string.Join('\n', all.Select(e => $"{e.Time:HH:mm} {e.EventName} {e.Changes[0].Size} {string.Join(' ', e.Changes[0].ResourceIds)} {e.Changes[0].Traits.StorageGib}"));

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}

using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using Xunit;

namespace DdocCost.Tests.Ledger;

/// <summary>The ledger's memory has bounds, and going beyond them loses what matters least.</summary>
public class BoundsTests
{
    [Fact]
    public void Forgets_the_cheapest_resources_first()
    {
        var running = new RunningResources([]);
        foreach (var i in Enumerable.Range(0, 201))
            running.Put(Resource($"i-{i}", rate: i));

        running.StayWithin(200);

        Assert.Equal(199, running.All.Count);
        Assert.DoesNotContain("i-0", running.All.Keys);
        Assert.DoesNotContain("i-1", running.All.Keys);
        Assert.Equal(Enumerable.Range(2, 199).Sum(), running.UsdPerHour);
        Assert.Equal(["i-0", "i-1"], running.Drain().Removed);
    }

    [Fact]
    public void Forgets_the_oldest_definitions_first()
    {
        var definitions = new Definitions(Trail.Account, []);
        foreach (var i in Enumerable.Range(0, 201))
            definitions.Add(Trail.Event(i + 1, 1000 - i, "CreateEndpointConfig", "alice", Config(i)), Config(i));

        definitions.StayWithin(200);

        Assert.Equal(["111122223333/us-east-1/sagemaker:endpoint-config/cfg-199", "111122223333/us-east-1/sagemaker:endpoint-config/cfg-200"], definitions.Drain().Removed);
    }

    [Fact]
    public void Forgets_the_oldest_ends_first()
    {
        var ended = new EndedMemory([]);
        foreach (var i in Enumerable.Range(0, ResourceLedger.MaxEnded + 1))
            ended.Add(new EndedResource { Id = $"i-{i}", AccountId = Trail.Account, EndedAt = Trail.Start.AddSeconds(i) });

        Assert.Null(ended.Since("i-0", Trail.Start));
        Assert.NotNull(ended.Since("i-1", Trail.Start));
        Assert.Equal(["i-0"], ended.Drain().Removed);
    }

    [Fact]
    public void Does_not_let_a_wrong_clock_hide_later_starts()
    {
        var ended = new EndedMemory([]);
        ended.Add(new EndedResource { Id = "main", AccountId = Trail.Account, EndedAt = Trail.Start.AddYears(70) });

        Assert.Null(ended.Since("main", Trail.Start));
    }

    [Fact]
    public void Shortens_names_that_no_index_takes()
    {
        var (one, other) = (new string('x', 100_000) + "1", new string('x', 100_000) + "2");

        Assert.True(LedgerId.Of(Trail.Account, one, "rds:db", one).Length < 1_000);
        Assert.NotEqual(LedgerId.Of(Trail.Account, "", "rds:db", one), LedgerId.Of(Trail.Account, "", "rds:db", other));
        Assert.DoesNotContain('\0', LedgerId.Of(Trail.Account, "", "rds:db", "a\0b"));
    }

    private static ResourceChange Config(int i) => new()
    {
        Action = ResourceAction.Define, ResourceType = "sagemaker:endpoint-config", Definition = $"sagemaker:endpoint-config/cfg-{i}",
    };

    private static RunningResource Resource(string id, decimal rate) => new()
    {
        Id = id, AccountId = Trail.Account, ResourceId = id, Region = "us-east-1", Service = "ec2", ResourceType = "ec2:instance", UsdPerHour = rate,
        Since = Trail.Start, StartedBy = Actor.Unknown, StartedByEvent = "e",
    };
}

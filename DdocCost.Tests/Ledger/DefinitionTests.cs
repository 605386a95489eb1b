using DdocCost.Domain.Normalise;
using static DdocCost.Domain.Normalise.ResourceAction;

namespace DdocCost.Tests.Ledger;

/// <summary>What a call only names is known from the record that defined it, whichever version it names and whichever record comes first.</summary>
public sealed class DefinitionTests
{
    private readonly Trail trail = new();

    [Fact]
    public void Takes_the_version_that_is_named()
    {
        Define("RegisterTaskDefinition", "ecs:task-definition/web", 1);
        Define("RegisterTaskDefinition", "ecs:task-definition/web:1", 1);
        Define("RegisterTaskDefinition", "ecs:task-definition/web", 4);
        Define("RegisterTaskDefinition", "ecs:task-definition/web:2", 4);

        Assert.Equal(1, Serve("a", "ecs:task-definition/web:1").Traits.VCpu);
        Assert.Equal(4, Serve("b", "ecs:task-definition/web:2").Traits.VCpu);
        Assert.Equal(4, Serve("c", "ecs:task-definition/web").Traits.VCpu);
    }

    [Fact]
    public void Says_so_where_it_takes_another_version()
    {
        Define("RegisterTaskDefinition", "ecs:task-definition/web", 1);

        var created = trail.Apply("CreateService", Start, "ecs:service", "fargate", ids: ["main/a"], definition: "ecs:task-definition/web:9");

        Assert.True(created.UsdPerHour > 0);
        Assert.Contains("ecs:task-definition/web:9 was not seen being defined: taken as ecs:task-definition/web", created.Cost.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Prices_what_waited_when_its_definition_is_seen_after_it()
    {
        var created = trail.Apply("CreateEndpoint", Start, "sagemaker:endpoint", ids: ["ep"], definition: "sagemaker:endpoint-config/two");
        Assert.Equal((null, "sagemaker:endpoint-config/two"), (created.UsdPerHour, Assert.Single(trail.Ledger.Running.Values).Definition));
        ResourceChange Variant(string size) => new()
        {
            Action = ResourceAction.Define, ResourceType = "sagemaker:endpoint-config", Size = size, ResourceIds = ["two"], Definition = "sagemaker:endpoint-config/two",
        };

        var defined = trail.Apply(null, "CreateEndpointConfig", "alice", Variant("ml.m5.xlarge"), Variant("ml.t3.medium"));

        Assert.Equal((0.28m, 0.28m), (defined.UsdPerHour, defined.ExposureAfterUsdPerHour));
        Assert.Equal(2, trail.Ledger.Running.Count);
        Assert.All(trail.Ledger.Running.Values, part => Assert.Equal((created.Event.Time, created.Event.EventId), (part.Since, part.StartedByEvent)));
        Assert.Equal(0, trail.Apply("DeleteEndpoint", Stop, "sagemaker:endpoint", ids: ["ep"]).ExposureAfterUsdPerHour);
    }

    [Fact]
    public void Keeps_the_name_of_its_definition_through_other_changes()
    {
        Define("RegisterTaskDefinition", "ecs:task-definition/web:1", 1);
        Serve("a", "ecs:task-definition/web:1");

        trail.Apply("UpdateService", Change, "ecs:service", quantity: 10, ids: ["main/a"]);

        Assert.Equal(("ecs:task-definition/web:1", 10m), Assert.Single(trail.Ledger.Running.Values) is var service ? (service.Definition, service.Quantity) : default);
    }

    private void Define(string call, string name, decimal vCpu) => trail.Apply(
        call, ResourceAction.Define, "ecs:task-definition", "fargate", ids: ["web"], definition: name, traits: new() { VCpu = vCpu, MemoryGib = 2 });

    private Domain.Ledger.RunningResource Serve(string id, string definition)
    {
        trail.Apply("CreateService", Start, "ecs:service", ids: [$"main/{id}"], definition: definition);
        return Assert.Single(trail.Ledger.Running.Values, resource => resource.ResourceId == $"main/{id}");
    }
}

using DdocCost.Domain.Normalise;
using DdocCost.Domain.Normalise.Services;
using DdocCost.Domain.Pricing;
using Xunit;

namespace DdocCost.Tests.Pricing;

public class PricedResourcesTests
{
    [Fact]
    public void Has_a_price_for_every_resource_type_of_the_catalogue()
    {
        var started = ServiceRegistry.All.SelectMany(service => service.Operations)
            .Where(operation => operation.Action is ResourceAction.Start or ResourceAction.Change)
            .Select(operation => operation.ResourceType).Distinct();

        Assert.Empty(started.Except(PricedResources.Types));
    }

    [Fact]
    public void Says_why_an_unknown_type_has_no_price()
    {
        var cost = PricedResources.Price(new() { Action = ResourceAction.Start, ResourceType = "braket:quantum-computer" }, "us-east-1", PriceBook.Embedded);

        Assert.Null(cost.UsdPerHour);
        Assert.Equal(PriceConfidence.Unknown, cost.Confidence);
        Assert.Equal("no price known for resource type braket:quantum-computer", cost.Note);
    }

    [Fact]
    public void Never_throws_for_what_a_record_may_tell()
    {
        decimal[] numbers = [0, -1, 0.0000001m, 1e12m, decimal.MaxValue];
        foreach (var type in PricedResources.Types)
        {
            foreach (var number in numbers)
            {
                var traits = new ResourceTraits
                {
                    StorageGib = number, Iops = number, ThroughputMibps = number, VCpu = number, MemoryGib = number, ReadCapacity = number, WriteCapacity = number,
                    Engine = "", OperatingSystem = "windows", StorageType = "", Variant = "",
                };
                foreach (var size in new[] { null, "", ".", "m5.large", "db.r5.large", "ml.m5.large", "gp3", "lustre", "provisioned", "fargate" })
                {
                    var cost = PricedResources.Price(
                        new() { Action = ResourceAction.Start, ResourceType = type, Size = size, Quantity = number, Traits = traits }, "us-east-1", PriceBook.Embedded);
                    Assert.True(cost.UsdPerHour is null or (>= 0 and <= 1_000_000_000), $"{type} {size} {number}: {cost.UsdPerHour}");
                    Assert.True(cost.UsdPerHour is not null || cost.Note is not null);
                }
            }
        }
    }
}

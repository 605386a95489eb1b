using System.Text.Json;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Normalise.Services;
using DdocCost.Domain.Pricing;
using Xunit;

namespace DdocCost.Tests.Normalise;

/// <summary>Each call of the catalogue, by a typical record and odd ones, and the documents made from them.</summary>
public sealed class CatalogueTableTests
{
    private static readonly IReadOnlyList<(Service Service, Operation Operation)> Known =
        [.. from service in ServiceRegistry.All from operation in service.Operations select (service, operation)];

    [Fact]
    public void Knows_many_calls_of_many_services()
    {
        Assert.True(Known.Count >= 400, $"{Known.Count} calls");
        Assert.True(Known.Select(known => known.Service.Name).Distinct().Count() >= 80);
    }

    [Fact]
    public void Has_a_typical_record_of_every_call() => Assert.Equal(
        Known.Select(known => $"{known.Service.Name} {known.Operation.Name}").Order(StringComparer.Ordinal),
        CatalogueSample.All.Select(sample => $"{sample.Service} {sample.Name}").Order(StringComparer.Ordinal));

    [Fact]
    public void Understands_every_typical_record() => Assert.All(CatalogueSample.All, sample =>
    {
        var e = Records.Understand(sample.Typical);
        Assert.NotEqual(ResourceAction.None, e.Action);
        Assert.All(e.Changes, change => Assert.True(change.ResourceIds.All(id => id.Length > 0), "an empty id"));
    });

    [Fact]
    public void Knows_the_resource_by_an_id_wherever_it_starts_or_ends() => Assert.All(
        CatalogueSample.All.Select(sample => (sample, e: Records.Understand(sample.Typical))).Where(read => read.e.Action is ResourceAction.Start or ResourceAction.Stop),
        read => Assert.True(read.e.Changes.All(change => change.ResourceIds.Count > 0), $"{read.sample.Service} {read.sample.Name} names no resource"));

    [Fact]
    public void Reads_a_record_the_same_in_another_hand() => Assert.All(CatalogueSample.All, sample =>
        Assert.Equal(Changes(Records.Understand(sample.Typical)), Changes(Records.Understand(sample.InAnotherHand))));

    [Fact]
    public void Reads_lists_the_same_wrapped_or_plain() => Assert.All(CatalogueSample.All, sample =>
        Assert.Equal(Changes(Records.Understand(sample.Typical)), Changes(Records.Understand(sample.WithListsTheOtherWay))));

    [Fact]
    public void Takes_no_hidden_text_for_a_size_that_has_a_price() => Assert.All(CatalogueSample.All, sample =>
    {
        Assert.IsNotType<NormaliseResult.Malformed>(Records.Read(sample.Hidden));
        Assert.DoesNotContain("****", Changes(Records.Read(sample.Hidden)), StringComparison.Ordinal);
    });

    [Fact]
    public void Says_that_a_call_happened_where_its_record_was_too_large() => Assert.All(CatalogueSample.All, sample =>
        Assert.NotEmpty(Records.Understand(sample.Omitted).Changes));

    [Fact]
    public void Reads_what_it_can_without_a_response() => Assert.All(CatalogueSample.All, sample =>
        Assert.IsNotType<NormaliseResult.Malformed>(Records.Read(sample.WithoutResponse)));

    [Fact]
    public void Says_that_a_call_happened_where_its_record_tells_no_more() => Assert.All(CatalogueSample.All, sample =>
        Assert.NotEmpty(Records.Understand(sample.Bare).Changes));

    [Fact]
    public void Costs_nothing_where_the_call_was_refused() => Assert.All(CatalogueSample.All, sample =>
    {
        if (Records.Read(sample.Refused) is NormaliseResult.Understood { Event: var e })
        {
            Assert.Equal(ResourceAction.None, e.Action);
        }
    });

    [Fact]
    public void Never_prices_a_resource_silently_at_zero() => Assert.All(CatalogueSample.All, sample =>
    {
        var e = Records.Understand(sample.Typical);
        foreach (var change in e.Changes.Where(change => change.Action is ResourceAction.Start or ResourceAction.Change && change.Quantity > 0))
        {
            var cost = PricedResources.Price(change, e.Region, PriceBook.Embedded);
            Assert.True(cost.UsdPerHour > 0 || cost.Note is not null, $"{sample.Service} {sample.Name}: {change.ResourceType} {change.Size}");
        }
    });

    [Fact]
    public void Leaves_out_only_what_it_does_not_know()
    {
        var known = Known.Select(entry => $"{entry.Service.Name} {entry.Operation.Name}").ToHashSet();
        Assert.All(LeftOut.All.SelectMany(group => group.Names.Select(name => $"{group.Service} {name}")), call => Assert.DoesNotContain(call, known));
    }

    [Fact]
    public void Reads_and_prices_as_in_the_approved_table() =>
        Approve(Path.Combine(CatalogueSample.Folder(), "catalogue.approved.txt"), CatalogueDocuments.Table());

    [Fact]
    public void The_catalogue_in_the_documentation_is_up_to_date() =>
        Approve(Path.Combine(CatalogueSample.Folder(), "..", "..", "docs", "catalogue.md"), CatalogueDocuments.Overview());

    private static string Changes(NormaliseResult read) => read is NormaliseResult.Understood { Event: var e } ? Changes(e) : "";

    private static string Changes(ResourceEvent e) => JsonSerializer.Serialize(e.Changes);

    // What was received is left beside the approved text, to be looked at and taken over.
    private static void Approve(string path, string received)
    {
        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (received != approved)
        {
            File.WriteAllText(Path.ChangeExtension(path, ".received.txt"), received);
        }

        Assert.Equal(approved, received);
    }
}

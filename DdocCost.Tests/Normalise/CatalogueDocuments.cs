using System.Globalization;
using System.Text;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Normalise.Services;
using DdocCost.Domain.Pricing;

namespace DdocCost.Tests.Normalise;

/// <summary>What the catalogue knows, written for people: from the code and the typical records alone.</summary>
internal static class CatalogueDocuments
{
    /// <summary>Each call: what its typical record tells, what that costs and how the figure came about; and what an odd record tells.</summary>
    public static string Table()
    {
        var text = new StringBuilder(
            "Each call of the catalogue: what a typical record of it tells (of us-east-1), what that costs in USD per hour at on-demand list prices,\n"
            + "and how the figure came about; then what odd records of the same call tell, where that differs: in another hand (names in capitals, numbers\n"
            + "and flags as texts), lists the other way (plain where AWS wraps them as items, wrapped where it does not), without response, hidden texts\n"
            + "(****), both omitted (request and answer left out because they are large). A month counts 730 hours.\n");
        foreach (var sample in CatalogueSample.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{sample.Service} {sample.Name}\n");
            var typical = Told(Records.Read(sample.Typical));
            text.Append(typical);
            foreach (var alike in sample.Odd.GroupBy(odd => Told(Records.Read(odd.Record)), odd => odd.Oddity).Where(alike => alike.Key != typical))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {string.Join(", ", alike)}\n{alike.Key}");
            }
        }

        return text.ToString();
    }

    /// <summary>Services, their calls by resource type, and how each type is priced.</summary>
    public static string Overview()
    {
        var services = ServiceRegistry.All.GroupBy(service => service.Name).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var calls = services.Sum(group => group.Sum(service => service.Operations.Count));
        var text = new StringBuilder();
        text.Append("# The event catalogue\n\n");
        text.Append("Made from the code by the tests (`CatalogueTableTests`), which fail when it is out of date.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{calls} calls of {services.Count} services are read. *How it is priced* is that of a typical record in us-east-1; ");
        text.Append("*unknown* means that the call is shown and counted as unpriced, with the reason.\n");
        foreach (var group in services)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n| resource type | calls | how it is priced |\n|---|---|---|\n");
            var types = group.SelectMany(service => service.Operations).GroupBy(operation => operation.ResourceType).OrderBy(type => type.Key, StringComparer.Ordinal);
            foreach (var type in types)
            {
                var names = string.Join(", ", type.Select(operation => operation.Name).Order(StringComparer.Ordinal));
                text.Append(CultureInfo.InvariantCulture, $"| {type.Key} | {names} | {HowPriced(group.Key, type.Key, [.. type])} |\n");
            }
        }

        text.Append("\n## Left out\n\nCalls that look as if they cost, and why they are not in the catalogue.\n\n| service | calls | why |\n|---|---|---|\n");
        foreach (var (service, why, names) in LeftOut.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {service} | {string.Join(", ", names)} | {why} |\n");
        }

        return text.ToString();
    }

    private static string Told(NormaliseResult result)
    {
        if (result is not NormaliseResult.Understood { Event: var e })
        {
            return "    free\n";
        }

        var text = new StringBuilder();
        foreach (var change in e.Changes)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {change.Action} {Count(change)} {change.ResourceType}{(change.Size is null ? "" : " " + change.Size)}");
            text.Append(change.ResourceIds.Count == 0 ? "" : $" [{string.Join(", ", change.ResourceIds)}]");
            text.Append(change.Definition is null ? "" : $" as {change.Definition}");
            text.Append(CultureInfo.InvariantCulture, $": {Priced(change, e.Region)}\n");
        }

        return text.ToString();
    }

    private static string Count(ResourceChange change) => change switch
    {
        { QuantityAdded: { } added } => string.Create(CultureInfo.InvariantCulture, $"{added:+0.##;-0.##}"),
        { QuantityUntold: true } => "?",
        _ => string.Create(CultureInfo.InvariantCulture, $"{change.Quantity:0.##}"),
    };

    private static string Priced(ResourceChange change, string region)
    {
        if (change.Action == ResourceAction.Define)
        {
            return "describes what others refer to";
        }

        if (change.Action == ResourceAction.OneTime)
        {
            return Paid(change, region);
        }

        var cost = PricedResources.Price(change, region, PriceBook.Embedded);
        if (cost.UsdPerHour is not { } rate)
        {
            return $"unknown, {cost.Note}";
        }

        var lines = string.Join(" + ", cost.Lines.Select(line =>
            string.Create(CultureInfo.InvariantCulture, $"{line.Quantity:0.####} {line.Unit} x {line.UsdPerUnit:0.##########} ({line.Sku})")));
        var each = change.QuantityAdded is null ? "" : "each ";
        return string.Create(CultureInfo.InvariantCulture, $"{each}{rate:0.######} USD/h{(lines.Length == 0 ? "" : " = ")}{lines}; {cost.Confidence}{(cost.Note is null ? "" : ": ")}{cost.Note}");
    }

    private static string Paid(ResourceChange change, string region)
    {
        var listed = PricedResources.PriceOnce(change, region, PriceBook.Embedded);
        return (change.PaidUsd, change.CommittedUsdPerHour, listed) switch
        {
            (null, null, null) => $"unknown, the record does not tell the price{(change.Note is null ? "" : ": ")}{change.Note}",
            (null, null, _) => string.Create(CultureInfo.InvariantCulture, $"{listed.OneTimeUsd:0.######} USD once, list price"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{change.PaidUsd ?? 0:0.######} USD once and {change.CommittedUsdPerHour ?? 0:0.######} USD/h for the term, as the record tells{(change.Note is null ? "" : ": ")}{change.Note}"),
        };
    }

    /// <summary>By the call that tells most: one that starts the resource and can be priced, if there is one.</summary>
    private static string HowPriced(string service, string type, IReadOnlyList<Operation> operations)
    {
        if (operations.All(operation => operation.Action == ResourceAction.Define))
        {
            return "describes what others refer to";
        }

        var changes = (
            from sample in CatalogueSample.All
            where sample.Service == service && operations.Any(operation => operation.Name == sample.Name)
            from change in Records.Understand(sample.Typical).Changes
            where change.ResourceType == type && change.Action != ResourceAction.Define
            select change).ToList();
        var bought = changes.FirstOrDefault(change => change.Action == ResourceAction.OneTime);
        if (bought is not null)
        {
            return bought is { PaidUsd: null, CommittedUsdPerHour: null } && PricedResources.PriceOnce(bought, CatalogueSample.Region, PriceBook.Embedded) is null
                ? "once; unknown, the record does not tell the price" : "once";
        }

        var cost = changes.Select(change => PricedResources.Price(change, CatalogueSample.Region, PriceBook.Embedded))
            .OrderByDescending(priced => priced.UsdPerHour is not null).ThenByDescending(priced => priced.Lines.Count).First();
        return (cost.UsdPerHour, cost.Lines) switch
        {
            (null, _) => $"unknown: {cost.Note}",
            (_, []) => cost.Note ?? "free",
            _ => $"by the {string.Join(" and ", cost.Lines.Select(line => line.Unit.Split('-')[^1]).Distinct())}{(cost.Confidence == PriceConfidence.High ? "" : $", {cost.Confidence} confidence")}{(cost.Note is null ? "" : $": {cost.Note}")}",
        };
    }
}

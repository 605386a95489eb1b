using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies;

/// <summary>Collects all facts of one kind in one region of an account.</summary>
/// <param name="Kind">What it collects.</param>
/// <param name="Collect">Asks AWS; what it cannot ask is an exception.</param>
internal sealed record Collector(FactKind Kind, Func<RegionReader, IAsyncEnumerable<Resource?>> Collect)
{
    /// <summary>One list, each entry of which is one resource.</summary>
    public static Collector Of(FactKind kind, string call, string list, Func<RegionReader, Wire, Resource?> read, params (string Name, object Value)[] input) =>
        new(kind, aws => Read(aws, call, list, read, input));

    private static async IAsyncEnumerable<Resource?> Read(
        RegionReader aws, string call, string list, Func<RegionReader, Wire, Resource?> read, (string Name, object Value)[] input)
    {
        await foreach (var item in aws.Items(call, list, input))
            yield return read(aws, item);
    }
}

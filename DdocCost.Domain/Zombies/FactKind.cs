namespace DdocCost.Domain.Zombies;

/// <summary>A kind of fact that can be collected: how it is called, whose service it is, and the calls it takes.</summary>
/// <param name="Name">As in the ledger where it is priced there: <c>ec2:volume</c>.</param>
/// <param name="Service">For a person: <c>EBS</c>.</param>
/// <param name="Calls">The API calls that collect it.</param>
public sealed record FactKind(string Name, string Service, IReadOnlyList<ApiCall> Calls)
{
    /// <summary>The resource type that it has in the ledger and the price list.</summary>
    /// <value>Default <see cref="Name"/>.</value>
    public string PricedAs { get; init; } = Name;

    /// <summary>The one region whose endpoint answers for all, or null where every region answers for itself.</summary>
    public string? OnlyIn { get; init; }

    /// <summary>A kind collected by some calls, as <c>service:Operation</c>.</summary>
    public static FactKind Of(string name, string service, params string[] calls) => new(name, service, [.. calls.Select(ApiCall.Parse)]);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

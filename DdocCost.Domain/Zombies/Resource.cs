using System.Globalization;
using System.Text.Json.Serialization;
using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Zombies;

/// <summary>
/// What a scan saw of one thing in an account: a plain fact, whichever service told it. A value that was not told is null. Secrets
/// (environment variables, user data) never get here: collectors drop them when they read the answer.
/// </summary>
public sealed record Resource
{
    private static readonly IReadOnlyDictionary<string, string> nothing = new Dictionary<string, string>();

    /// <summary>Name of its <see cref="FactKind"/>, such as <c>ec2:volume</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its type in the ledger and the price list; null where that is <see cref="Kind"/>.</summary>
    public string? PricedAs { get; init; }

    /// <summary>Id as AWS gave it and as CloudTrail records name it: vol-…, a database's name, an ARN.</summary>
    public required string Id { get; init; }

    /// <summary>Owning account.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>What people call it, or null where the id is the name.</summary>
    public string? Name { get; init; }

    /// <summary>ARN where the service tells it.</summary>
    public string? Arn { get; init; }

    /// <summary>State as the service words it, or null.</summary>
    public string? State { get; init; }

    /// <summary>When it was made, UTC, or null where the service does not tell.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = nothing;

    /// <summary>What made it and would make it again: <c>autoscaling:web</c>, <c>cloudformation:shop</c>; null where nothing says so.</summary>
    public string? Owner { get; init; }

    /// <summary>The size that has the price, as in the ledger.</summary>
    public string? Size { get; init; }

    /// <summary>Units of <see cref="Size"/>.</summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>What else sets the price.</summary>
    public ResourceTraits Traits { get; init; } = ResourceTraits.None;

    /// <summary>What else the service told, by name; numbers, flags and times as <see cref="With(string, object?)"/> writes them.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = nothing;

    /// <summary>Ids of other things, by relation: <c>volumes</c>, <c>instances</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Links { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What a person reads.</summary>
    [JsonIgnore]
    public string Label => Name is null || Name == Id ? Id : $"{Name} ({Id})";

    /// <summary>A text, or null.</summary>
    public string? Text(string fact) => Facts.GetValueOrDefault(fact);

    /// <summary>A number, or null.</summary>
    public double? Number(string fact) =>
        double.TryParse(Facts.GetValueOrDefault(fact), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A flag, or null.</summary>
    public bool? Flag(string fact) => bool.TryParse(Facts.GetValueOrDefault(fact), out var flag) ? flag : null;

    /// <summary>A moment, UTC, or null.</summary>
    public DateTimeOffset? Time(string fact) =>
        DateTimeOffset.TryParse(Facts.GetValueOrDefault(fact), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;

    /// <summary>Ids of a relation; empty where there are none.</summary>
    public IReadOnlyList<string> Linked(string relation) => Links.GetValueOrDefault(relation) ?? [];

    /// <summary>The same with one more fact; a null leaves it out.</summary>
    public Resource With(string fact, object? value) => value is null
        ? this
        : this with { Facts = new Dictionary<string, string>(Facts) { [fact] = Written(value) } };

    /// <summary>The same with the ids of a relation; what is empty is left out.</summary>
    public Resource Linking(string relation, params IEnumerable<string?> ids)
    {
        IReadOnlyList<string> told = [.. ids.OfType<string>().Where(id => id.Length > 0).Distinct()];
        return told.Count == 0 ? this : this with { Links = new Dictionary<string, IReadOnlyList<string>>(Links) { [relation] = told } };
    }

    private static string Written(object value) => value switch
    {
        DateTimeOffset time => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

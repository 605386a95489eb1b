using System.Globalization;

namespace DdocCost.Jobs.Demo.Trail;

/// <summary>A simulated AWS account.</summary>
/// <param name="Seed">Seed of the simulation.</param>
/// <param name="Kind">What lives in it, such as <c>web-tier</c>.</param>
/// <param name="Region">Its home region.</param>
/// <param name="People">Who works in it.</param>
public sealed record Account(ulong Seed, string Kind, string Region, IReadOnlyList<string> People)
{
    /// <summary>Account number, twelve digits, not starting with 0.</summary>
    public string Id { get; } = (100_000_000_000 + (Dice.For(Seed, Kind, "account").Next() % 900_000_000_000)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Where its people get their mail.</summary>
    public string MailDomain => "example.com";

    /// <summary>An AWS-like unique code that belongs to a name in this account for good.</summary>
    public string Code(string name, int length) => Dice.For(Seed, Kind, name, "code").Code(length);

    /// <summary>An id such as <c>subnet-0…</c> that belongs to a name in this account for good.</summary>
    public string Id17(string prefix, string name) => $"{prefix}-0{Dice.For(Seed, Kind, prefix, name).Hex(16)}";
}

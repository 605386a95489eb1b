using System.Globalization;

namespace DdocCost.Domain.Zombies;

/// <summary>A number of a rule that a tenant may change within bounds.</summary>
/// <param name="Name">In the rule and in its criterion: <c>days</c>, <c>cpu</c>.</param>
/// <param name="Default">Where nobody changed it.</param>
/// <param name="Least">Lower bound, included.</param>
/// <param name="Most">Upper bound, included.</param>
/// <param name="Unit">For a person.</param>
public sealed record Threshold(string Name, double Default, double Least, double Most, string Unit)
{
    /// <summary>The name that every rule's window goes by.</summary>
    public const string Window = "days";

    /// <summary>A window, or an age, in whole days.</summary>
    /// <remarks>CloudWatch keeps values by the hour for 455 days.</remarks>
    public static Threshold Days(int days, int least = 1, int most = 400) => new(Window, days, least, most, "days");

    /// <summary>Whether a value may be set.</summary>
    public bool Allows(double value) => double.IsFinite(value) && value >= Least && value <= Most && (Name != Window || value == Math.Floor(value));

    /// <summary>Such as <c>14 days (1 to 400)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} = {Default} {Unit} ({Least} to {Most})");
}

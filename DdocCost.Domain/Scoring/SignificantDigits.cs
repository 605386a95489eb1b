using System.Text.Json;
using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// Writes a number of the evidence with six significant digits and at most nine decimal places: what a person recomputes by hand comes out the same,
/// and the eleven more that a double has are noise of binary fractions.
/// </summary>
internal sealed class SignificantDigits : JsonConverter<double>
{
    private const int Digits = 6;
    private const int MostDecimals = 9;

    /// <summary>The number with six significant digits, half to even; what is no number as it is.</summary>
    public static double Of(double number)
    {
        if (number == 0 || !double.IsFinite(number))
        {
            return number;
        }

        var decimals = Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(number)));
        if (decimals >= 0)
        {
            return Math.Round(number, Math.Min(decimals, MostDecimals));
        }

        var unit = Math.Pow(10, -decimals);
        return Math.Round(number / unit) * unit;
    }

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Only writes.");

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(Of(value));
        }
        else
        {
            writer.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity"); // as the store reads them
        }
    }

    /// <summary>The same for a number that may be missing.</summary>
    internal sealed class OrNull : JsonConverter<double?>
    {
        private readonly SignificantDigits _number = new();

        public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Only writes.");

        public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options) => _number.Write(writer, value!.Value, options);
    }
}

using System.Globalization;

namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Glue job runs, sessions and development endpoints: by processing units (DPU).</summary>
/// <remarks>Source of the units of a worker: AWS Glue API reference, "Jobs", WorkerType.</remarks>
internal static class GlueCapacity
{
    public static Bill JobRun(Bill bill) => Price(bill, "etl job dpu");

    public static Bill Session(Bill bill) => Price(bill, "interactive-session dpu");

    public static Bill DevEndpoint(Bill bill) => Price(bill, "dev-endpoint dpu");

    private static Bill Price(Bill bill, string product) => UnitsOf(bill.Size) is { } each
        ? bill.Add("glue", product, each * bill.Units)
        : bill.Unpriced(bill.Change.Size is null ? "the record does not tell the workers" : $"worker type {bill.Size} is not known");

    /// <summary>G.4X and Z.4X have 4 units; G.025X a quarter of one.</summary>
    private static decimal? UnitsOf(string workerType) => workerType switch
    {
        "DPU" or "Standard" => 1,
        "G.025X" => 0.25m,
        ['G' or 'Z' or 'R', '.', .. var times, 'X'] when decimal.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out var units) && units is > 0 and < 1_000 => units,
        _ => null,
    };
}

using System.Globalization;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>vCPUs and memory of a container, as its services write them.</summary>
internal static class TaskSize
{
    /// <summary>
    /// CPU in units of 1/1024 vCPU (<c>512</c>) or as <c>1 vCPU</c>, memory in MiB (<c>2048</c>) or as <c>2 GB</c>; what is written
    /// otherwise counts as not told.
    /// </summary>
    public static ResourceTraits Traits(Field cpu, Field memory) => new()
    {
        VCpu = cpu.Amount / 1024m ?? WithUnit(cpu.Text, "vCPU"),
        MemoryGib = memory.Amount / 1024m ?? WithUnit(memory.Text, "GB"),
    };

    private static decimal? WithUnit(string? text, string unit) =>
        text is not null && text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
        && decimal.TryParse(text.AsSpan(0, text.Length - unit.Length), CultureInfo.InvariantCulture, out var amount)
            ? amount : null;
}

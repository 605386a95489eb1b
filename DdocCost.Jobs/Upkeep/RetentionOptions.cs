using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs.Upkeep;

/// <summary>For how long rows that grow with traffic are kept. Configuration section <c>Retention</c>; the archive has its own, <c>Archive:KeepDays</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>
    /// How many days cost events are kept at least, by their event time: they go by whole months (UTC), so a month more at most. Cases, sums by the hour,
    /// baselines and what runs are not touched.
    /// </summary>
    /// <value>Default none: for ever. From 30, because backtests and pages look back that far, to 36,500.</value>
    [Range(30, 36_500)]
    public int? CostEventDays { get; set; }
}

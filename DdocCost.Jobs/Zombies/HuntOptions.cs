using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs.Zombies;

/// <summary>How scans run in this process. Configuration section <c>Hunt</c>.</summary>
public sealed class HuntOptions
{
    /// <summary>Regions of an account that are scanned at a time. Their facts are in memory together.</summary>
    /// <value>Default 3. From 1 to 16.</value>
    [Range(1, 16)]
    public int RegionsAtATime { get; set; } = 3;

    /// <summary>Kinds of fact that are collected at a time in a region.</summary>
    /// <value>Default 6. From 1 to 32.</value>
    [Range(1, 32)]
    public int KindsAtATime { get; set; } = 6;

    /// <summary>Whether accounts are scanned every day by themselves.</summary>
    /// <value>Default true.</value>
    public bool Daily { get; set; } = true;

    /// <summary>Resources whose maker CloudTrail is asked for, for each region and scan; AWS allows two such calls a second.</summary>
    /// <value>Default 20. From 0 to 1,000.</value>
    [Range(0, 1000)]
    public int BirthsAtMost { get; set; } = 20;

    /// <summary>How long the record of a scan is kept.</summary>
    /// <value>Default 90 days. From 1 day to 3 years.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "1096.00:00:00")]
    public TimeSpan RunsKept { get; set; } = TimeSpan.FromDays(90);
}

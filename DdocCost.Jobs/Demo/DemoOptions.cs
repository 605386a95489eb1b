using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs.Demo;

/// <summary>What the demo's trail is like. Configuration section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>What everything is drawn from.</summary>
    public ulong Seed { get; set; } = 7;

    /// <summary>Length of the history in days.</summary>
    /// <value>Default 28. From 1 to 365.</value>
    [Range(1, 365)]
    public int Days { get; set; } = 28;

    /// <summary>Calls that cost nothing, for each call that may, in the history.</summary>
    /// <value>Default 2, where a real trail has some 30: a newcomer shall not wait for them.</value>
    [Range(0, 100)]
    public double Noise { get; set; } = 2;

    /// <summary>How often live traffic is written.</summary>
    /// <value>Default 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan WriteEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after start the first live incident happens.</summary>
    /// <value>Default 45 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FirstIncidentAfter { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Time between live incidents.</summary>
    /// <value>Default 8 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan IncidentEvery { get; set; } = TimeSpan.FromMinutes(8);
}

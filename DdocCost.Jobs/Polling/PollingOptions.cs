using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs.Polling;

/// <summary>How sources are read. Configuration section <c>Polling</c>.</summary>
public sealed class PollingOptions
{
    /// <summary>Deliveries of a tenant that wait to be scored; with more, its sources wait.</summary>
    /// <value>Default 2,000. From 10.</value>
    [Range(10, int.MaxValue)]
    public int MaxBacklog { get; set; } = 2000;

    /// <summary>How long a queue is asked to wait for its first message.</summary>
    /// <value>Default 20 seconds, SQS's longest. From 0.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan QueueWait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long messages are hidden from other readers; renewed while they are worked on.</summary>
    /// <value>Default 1 minute. From 3 seconds to 12 hours.</value>
    [Range(typeof(TimeSpan), "00:00:03", "12:00:00")]
    public TimeSpan QueueHide { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How far behind its newest log file a branch of a bucket is listed again, for files that come late.</summary>
    /// <value>Default 2 hours. From 10 minutes to 7 days. Four times a day it is a day more.</value>
    [Range(typeof(TimeSpan), "00:10:00", "7.00:00:00")]
    public TimeSpan LookBack { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Shortest time between two looks at a branch of a bucket (an account's region).</summary>
    /// <value>Default 15 seconds. From 100 milliseconds to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan BranchLeast { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time between two looks at a branch in which nothing happens.</summary>
    /// <value>Default 5 minutes. From 100 milliseconds to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan BranchMost { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often new accounts and regions are looked for in a bucket; with more than 200 accounts, less often.</summary>
    /// <value>Default 1 minute. From 100 milliseconds to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan DiscoverEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time between two looks at an account's event history in a region.</summary>
    /// <value>Default 20 seconds. From 100 milliseconds to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan LookupEvery { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How far the event history is read again, because events appear in it late and not in order.</summary>
    /// <value>Default 20 minutes. From 1 minute to 1 day. AWS says events appear within some 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan LookupOverlap { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Pause after a look that failed; it doubles with each further one, up to 5 minutes.</summary>
    /// <value>Default 2 seconds. From 10 milliseconds to 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:05:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the list of sources is read.</summary>
    /// <value>Default 2 seconds. From 50 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan ReviewEvery { get; set; } = TimeSpan.FromSeconds(2);
}

using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs.Scoring;

/// <summary>How lanes are worked through.</summary>
public sealed class ScoringOptions
{
    /// <summary>How long a message stays hidden after it was read. Only a safety net: a lane's lock, not time, keeps others away.</summary>
    /// <value>Default 60 seconds. From 10 seconds to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan Hide { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Messages read at a time.</summary>
    /// <value>Default 200. From 1 to 1,000.</value>
    [Range(1, 1000)]
    public int MessagesPerRead { get; set; } = 200;

    /// <summary>
    /// A transaction is closed when it has this many cost events; a delivery is never divided. Marten looks through a session's operations for
    /// each one added, so twice as many cost four times as much.
    /// </summary>
    /// <value>Default 1,000. From 1 to 20,000.</value>
    [Range(1, 20_000)]
    public int EventsPerTransaction { get; set; } = 1000;

    /// <summary>A transaction is closed when its deliveries had this many records, whether they cost money or not.</summary>
    /// <value>Default 100,000. From 1 to 1,000,000.</value>
    [Range(1, 1_000_000)]
    public int RecordsPerTransaction { get; set; } = 100_000;

    /// <summary>Accounts whose state is kept in memory, per lane; the others are read again from their documents when they are needed.</summary>
    /// <value>Default 200. From 1 to 100,000.</value>
    [Range(1, 100_000)]
    public int AccountsInMemory { get; set; } = 200;

    /// <summary>How often an idle lane is looked at even if nothing was announced.</summary>
    /// <value>Default 1 second. From 50 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan IdlePoll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a lane that another process works on is tried, to take over when that process ends.</summary>
    /// <value>Default 2 seconds. From 50 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan TakeOverPoll { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>After this many failures of a delivery on its own it is given up: kept as a dead letter, and its account marked.</summary>
    /// <value>Default 5. From 1 to 100.</value>
    [Range(1, 100)]
    public int Attempts { get; set; } = 5;

    /// <summary>A delivery read this often without ever being finished is held to kill whoever reads it, and is given up unread.</summary>
    /// <value>Default 20. From 5 to 1,000.</value>
    [Range(5, 1000)]
    public int MostReads { get; set; } = 20;

    /// <summary>First pause after a failure; it doubles each time, up to 30 seconds.</summary>
    /// <value>Default 200 milliseconds. From 1 millisecond to 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(200);
}

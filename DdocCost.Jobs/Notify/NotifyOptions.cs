using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs.Notify;

/// <summary>How messages leave. Configuration section <c>Notify</c>.</summary>
public sealed class NotifyOptions
{
    /// <summary>The address under which people reach the pages, for links in messages, such as <c>https://cost.example.com</c>.</summary>
    /// <value>Default empty: messages carry no links.</value>
    public string PublicUrl { get; set; } = "";

    /// <summary>Networks (<c>10.1.0.0/16</c>), addresses and host names inside this network that messages may go to.</summary>
    /// <value>Default none: an address that an administrator enters must not reach into the network of this machine.</value>
    public string[] AllowedInternal { get; set; } = [];

    /// <summary>An attempt to send is given up after so long.</summary>
    /// <value>Default 10 seconds. From 1 second to 1 minute, well below <see cref="Lease"/>.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A message whose sender has died is taken up by another after so long.</summary>
    /// <value>Default 90 seconds. From 2 seconds to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:02", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>The outbox is looked at this often even where nothing was announced.</summary>
    /// <value>Default 2 seconds. From 10 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Sweep { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Messages sent at the same time by this process.</summary>
    /// <value>Default 32. From 1 to 256.</value>
    [Range(1, 256)]
    public int AtOnce { get; set; } = 32;

    /// <summary>Pause before the second attempt; each later one doubles, with jitter, up to <see cref="LongestPause"/>.</summary>
    /// <value>Default 1 second. From 1 millisecond to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause between two attempts.</summary>
    /// <value>Default 1 minute. From 1 millisecond to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A channel that has not taken a message for so long loses it to the next channel of its route.</summary>
    /// <value>Default 2 minutes. From 0 to 1 day. Where there is no next channel, it is tried for <see cref="GiveUpAfter"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FallOverAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A message that no channel takes is given up after so long; it stays in the list and can be sent again by hand.</summary>
    /// <value>Default 1 day. From 1 minute to 7 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Cases whose event is older than this when it is scored are not told one by one: somebody imports history.</summary>
    /// <value>Default 1 day. From 1 minute to 30 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan TellWithin { get; set; } = TimeSpan.FromDays(1);
}

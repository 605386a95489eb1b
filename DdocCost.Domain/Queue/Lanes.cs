using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace DdocCost.Domain.Queue;

/// <summary>
/// The lanes of the queue. All of an account's deliveries go through one lane, and a lane has one consumer, so an account's order is
/// kept however many processes work, at a cost that does not grow with the backlog.
/// </summary>
public static class Lanes
{
    /// <summary>How many there are. Changing it needs every lane drained first, or an account's order is lost.</summary>
    public const int Count = 16;

    /// <summary>Channel on which the numbers of lanes with something new are announced, such as <c>3,12</c>.</summary>
    public const string Channel = "ddoc_lanes";

    /// <summary>The lane of an account; the same in every process and version.</summary>
    public static int Of(string tenantId, string accountId) =>
        (int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{tenantId}/{accountId}")) % Count);

    /// <summary>The pgmq queue of a lane.</summary>
    public static string QueueOf(int lane) => "score_" + lane.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>Key of the session advisory lock that a lane's consumer holds: "lane" in ASCII, then the number.</summary>
    public static long LockOf(int lane) => 0x6C616E65_00000000 + lane;
}

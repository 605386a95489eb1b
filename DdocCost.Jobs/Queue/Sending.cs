using System.Globalization;
using System.IO.Hashing;
using System.Text;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Queue;

/// <summary>One sending of a message through SQS. Its text is nothing but two numbers, so whoever can write to the queue can forge nothing.</summary>
/// <param name="Id">The message's row.</param>
/// <param name="Number">Later sendings have larger ones, over all messages.</param>
internal readonly record struct Sending(long Id, long Number)
{
    /// <summary>As SQS carries it: the account is the group; a call repeated by the client is dropped, a later sending is not.</summary>
    public FifoMessage ToMessage(string tenantId, string accountId) =>
        new(ToString(), Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes($"{tenantId}/{accountId}"))), ToString());

    /// <summary>Reads a message's text; null where it is none of ours.</summary>
    public static Sending? Parse(string body) =>
        body.Split('-') is [var id, var number] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var first) &&
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var second) ? new Sending(first, second) : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}-{Number}");
}

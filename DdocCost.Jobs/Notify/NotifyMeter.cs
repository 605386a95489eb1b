using System.Diagnostics.Metrics;
using DdocCost.Domain.Notify;

namespace DdocCost.Jobs.Notify;

/// <summary>What delivery counts.</summary>
internal static class NotifyMeter
{
    private static readonly Meter Meter = new("ddoc.notify");
    private static readonly Counter<long> Attempts =
        Meter.CreateCounter<long>("ddoc.notify.attempts", "{attempt}", "Attempts to deliver a message, by kind of channel and outcome: accepted, refused, busy.");
    private static readonly Histogram<double> Delay =
        Meter.CreateHistogram<double>("ddoc.notify.delay", "s", "From the event at AWS to a channel's acceptance of the first message of its case, by account.");

    /// <summary>Counts an attempt.</summary>
    public static void Count(ChannelKind channel, OutboundMessage message, SendOutcome outcome, DateTimeOffset now)
    {
        var word = outcome switch { SendOutcome.Accepted => "accepted", SendOutcome.Refused => "refused", _ => "busy" };
        Attempts.Add(1, new("channel", channel.ToString().ToLowerInvariant()), new("outcome", word));
        if (outcome is SendOutcome.Accepted && !message.IsSelfTest && message.Notice is CaseOpened { Known: { } known, Case.AccountId: var account } && !known.IsHistory(now))
        {
            Delay.Record(known.Until(now).TotalSeconds, new KeyValuePair<string, object?>("account", account));
        }
    }
}

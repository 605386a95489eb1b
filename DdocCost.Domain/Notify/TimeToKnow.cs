namespace DdocCost.Domain.Notify;

/// <summary>How an event became known here, hop by hop.</summary>
/// <param name="EventAt">When it happened at AWS, UTC, to the second that CloudTrail tells.</param>
/// <param name="SeenAt">When the delivery that tells of it was durable here, UTC.</param>
/// <param name="ScoredAt">When it had been priced and scored, UTC.</param>
public sealed record TimeToKnow(DateTimeOffset EventAt, DateTimeOffset SeenAt, DateTimeOffset ScoredAt)
{
    /// <summary>From the event to our seeing it: mostly CloudTrail's own delay.</summary>
    public TimeSpan UntilSeen => NotNegative(SeenAt - EventAt);

    /// <summary>From our seeing it to a moment, such as that of sending: our own delay.</summary>
    public TimeSpan FromSeenTo(DateTimeOffset moment) => NotNegative(moment - SeenAt);

    /// <summary>From the event to a moment.</summary>
    public TimeSpan Until(DateTimeOffset moment) => NotNegative(moment - EventAt);

    /// <summary>Whether the event lies so far back that somebody imports history: its delay says nothing of ours or CloudTrail's.</summary>
    public bool IsHistory(DateTimeOffset now) => now - EventAt > TimeSpan.FromHours(6);

    // Clocks of two machines differ a little.
    private static TimeSpan NotNegative(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}

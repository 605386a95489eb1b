namespace DdocCost.Domain.Notify;

/// <summary>How the other side answered.</summary>
public abstract record SendOutcome
{
    private SendOutcome(string answer) => Answer = answer.Length > LongestAnswer ? answer[..LongestAnswer] : answer;

    /// <summary>The server's answer, for a person to read; never a secret. Cut at <see cref="LongestAnswer"/> characters.</summary>
    public string Answer { get; }

    /// <summary>Longest answer kept, characters.</summary>
    public const int LongestAnswer = 1_000;

    /// <summary>Taken: it is the other side's responsibility now.</summary>
    public sealed record Accepted : SendOutcome
    {
        /// <summary>Taken.</summary>
        /// <param name="answer">The server's answer.</param>
        /// <param name="handle">What later messages of the same thread refer to (Slack's ts, a mail's Message-ID), or null.</param>
        public Accepted(string answer, string? handle = null) : base(answer) => Handle = handle;

        /// <summary>What later messages of the same thread refer to, or null.</summary>
        public string? Handle { get; }
    }

    /// <summary>Will never be taken as it is: wrong address, revoked token, malformed.</summary>
    public sealed record Refused : SendOutcome
    {
        /// <summary>Refused for good.</summary>
        public Refused(string answer) : base(answer)
        {
        }
    }

    /// <summary>Not now: an overloaded or unreachable server. Worth another try.</summary>
    public sealed record Busy : SendOutcome
    {
        /// <summary>Not now.</summary>
        /// <param name="answer">The server's answer, or what the network said.</param>
        /// <param name="retryAfter">How long the server wants to be left alone, or null where it did not say.</param>
        public Busy(string answer, TimeSpan? retryAfter = null) : base(answer) => RetryAfter = retryAfter;

        /// <summary>How long the server wants to be left alone, or null.</summary>
        public TimeSpan? RetryAfter { get; }
    }
}

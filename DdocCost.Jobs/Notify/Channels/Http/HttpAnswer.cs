using System.Net;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Wording;

namespace DdocCost.Jobs.Notify.Channels.Http;

/// <summary>What an HTTP server answered, or why it did not.</summary>
/// <param name="Status">Status code; null where no answer came.</param>
/// <param name="Body">What it wrote, or what the network said.</param>
/// <param name="RetryAfter">How long it wants to be left alone, or null.</param>
/// <param name="IsForbidden">The address is internal and not allowed: nothing was sent.</param>
internal sealed record HttpAnswer(HttpStatusCode? Status, string Body, TimeSpan? RetryAfter = null, bool IsForbidden = false)
{
    /// <summary>Whether it took what was sent.</summary>
    public bool IsSuccess => Status is { } status && (int)status is >= 200 and < 300;

    /// <summary>The server's words for a person, with the status.</summary>
    public string Text => SafeText.Lines(Status is { } status ? $"{(int)status} {status}: {Body}" : Body, SendOutcome.LongestAnswer);

    /// <summary>As outcome by HTTP's own rules: 408, 429 and 5xx are worth another try, as is a network that failed; other refusals are final.</summary>
    /// <param name="handle">Handle of an accepted message, or null.</param>
    /// <remarks>RFC 9110, 15.5 and 15.6; 429: RFC 6585, 4.</remarks>
    public SendOutcome ToOutcome(string? handle = null) => this switch
    {
        { IsSuccess: true } => new SendOutcome.Accepted(Text, handle),
        { IsForbidden: true } => new SendOutcome.Refused(Text),
        { Status: null } or { Status: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError } => new SendOutcome.Busy(Text, RetryAfter),
        _ => new SendOutcome.Refused(Text),
    };
}

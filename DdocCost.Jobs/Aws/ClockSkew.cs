using System.Collections.Concurrent;

namespace DdocCost.Jobs.Aws;

/// <summary>
/// How far each endpoint's clock is from ours, so that signatures have the endpoint's time: AWS refuses those that are more than five minutes off.
/// </summary>
internal sealed class ClockSkew(TimeProvider clock)
{
    /// <summary>Less is no reason for a refusal. The SDKs use the same (Clock Skew Correction specification).</summary>
    private static readonly TimeSpan Meaningful = TimeSpan.FromMinutes(4);

    private readonly ConcurrentDictionary<string, TimeSpan> _skewOf = [];

    /// <summary>The time to sign with.</summary>
    public DateTimeOffset NowAt(Uri endpoint) => clock.GetUtcNow() + _skewOf.GetValueOrDefault(endpoint.Authority);

    /// <summary>Learns from a refusal.</summary>
    /// <returns>Whether the request was signed with a time that may have been the reason.</returns>
    public bool Learn(Uri endpoint, DateTimeOffset signedAt, HttpResponseMessage response)
    {
        // With an Age the answer, and so its date, comes from a cache.
        if ((int)response.StatusCode is not (400 or 401 or 403) || response.Headers.Date is not { } there || response.Headers.Age is not null)
        {
            return false;
        }

        _skewOf[endpoint.Authority] = there - clock.GetUtcNow();
        return (there - signedAt).Duration() > Meaningful;
    }
}

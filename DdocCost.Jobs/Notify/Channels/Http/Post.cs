using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DdocCost.Domain.Wording;

namespace DdocCost.Jobs.Notify.Channels.Http;

/// <summary>Posts to addresses that people entered. Whatever the network does comes back as an answer; nothing throws.</summary>
internal sealed class Post(OutgoingHttp http, TimeProvider time)
{
    private const int MostOfBody = 100_000;

    // Nobody is left alone longer than this, whatever the server asks for.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <summary>Posts JSON.</summary>
    /// <param name="url">Where to: http or https.</param>
    /// <param name="json">What.</param>
    /// <param name="token">Bearer token, or null.</param>
    /// <param name="cancellationToken">Gives up; the answer then says so.</param>
    public Task<HttpAnswer> JsonAsync(string url, JsonNode json, string? token, CancellationToken cancellationToken) =>
        SendAsync(url, new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json"), token is null ? null : headers => headers.Authorization = new AuthenticationHeaderValue("Bearer", token), cancellationToken);

    /// <summary>Posts a content.</summary>
    public async Task<HttpAnswer> SendAsync(string url, HttpContent content, Action<HttpRequestHeaders>? withHeaders, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            withHeaders?.Invoke(request.Headers);
            using var answer = await http.Client.SendAsync(request, cancellationToken);
            return new HttpAnswer(answer.StatusCode, SafeText.Cut(await answer.Content.ReadAsStringAsync(cancellationToken), MostOfBody), RetryAfter(answer));
        }
        catch (HttpRequestException e) when (e.InnerException is InternalAddressException forbidden)
        {
            return new HttpAnswer(null, forbidden.Message, IsForbidden: true);
        }
        catch (HttpRequestException e)
        {
            return new HttpAnswer(null, Reason(e));
        }
        catch (OperationCanceledException)
        {
            return new HttpAnswer(null, $"No answer from {new Uri(url).Host} in time.");
        }
    }

    /// <summary>The outer message often only says that there is an inner one ("see inner exception").</summary>
    private static string Reason(Exception error) => error.InnerException is { } inner && inner.Message != error.Message ? $"{error.Message} {inner.Message}" : error.Message;

    private TimeSpan? RetryAfter(HttpResponseMessage answer)
    {
        var asked = answer.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
        return asked is not { } span ? null : span < TimeSpan.Zero ? TimeSpan.Zero : span > LongestRetryAfter ? LongestRetryAfter : span;
    }
}

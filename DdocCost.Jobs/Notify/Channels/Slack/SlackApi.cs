using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Http;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>Calls Slack's Web API.</summary>
internal sealed class SlackApi(Post post, IOptions<ChannelOptions> options)
{
    /// <summary>Calls a method.</summary>
    /// <param name="method">Such as <c>chat.postMessage</c>.</param>
    /// <param name="token">Bot or app token.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Gives up; the answer then says so.</param>
    public async Task<SlackAnswer> CallAsync(string method, string token, JsonObject arguments, CancellationToken cancellationToken) =>
        SlackAnswer.Of(method, await post.JsonAsync($"{options.Value.Slack}/{method}", arguments, token, cancellationToken));

    /// <summary>Calls a method that takes its arguments as a form: the reading ones take no JSON.</summary>
    public async Task<SlackAnswer> ReadAsync(string method, string token, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken) =>
        SlackAnswer.Of(method, await post.SendAsync(
            $"{options.Value.Slack}/{method}", new FormUrlEncodedContent(arguments), headers => headers.Authorization = new("Bearer", token), cancellationToken));
}

/// <summary>What the Web API answered.</summary>
/// <param name="Body">The answer where <c>ok</c> is true; else null.</param>
/// <param name="Error">Slack's name of the error, such as <c>channel_not_found</c>; empty where there is none.</param>
/// <param name="Failure">How that counts for a message; null where the call worked.</param>
internal sealed record SlackAnswer(JsonElement? Body, string Error, SendOutcome? Failure)
{
    // What Slack says when it is Slack that has trouble. docs.slack.dev, "Errors" of each method.
    private static readonly HashSet<string> Passing = ["ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "rollup_error"];

    /// <summary>Reads an answer. HTTP 200 with <c>ok: false</c> is Slack's usual way to refuse.</summary>
    public static SlackAnswer Of(string method, HttpAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            return new SlackAnswer(null, answer.Status == HttpStatusCode.TooManyRequests ? "ratelimited" : "", answer.ToOutcome());
        }

        if (Parse(answer.Body) is not { ValueKind: JsonValueKind.Object } body)
        {
            return new SlackAnswer(null, "", new SendOutcome.Busy($"{method}: the answer was not Slack's."));
        }

        if (body.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True)
        {
            return new SlackAnswer(body, "", null);
        }

        var error = body.TryGetProperty("error", out var named) ? named.ToString() : "unknown_error";
        var text = $"{method}: {error}";
        return new SlackAnswer(null, error, Passing.Contains(error) ? new SendOutcome.Busy(text, answer.RetryAfter) : new SendOutcome.Refused(text));
    }

    /// <summary>A text of the answer, or null.</summary>
    public string? Text(params ReadOnlySpan<string> path)
    {
        var at = Body ?? default;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString() : null;
    }

    private static JsonElement? Parse(string body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

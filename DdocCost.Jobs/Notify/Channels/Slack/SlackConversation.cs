using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Stories;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>A bot's messages: the first of a case is kept up to date, and what changed stands in its thread.</summary>
internal sealed class SlackConversation(SlackApi api)
{
    private const string EventType = "ddoc_notice";

    // The message is gone or may not be changed: a new one is better than silence.
    private static readonly HashSet<string> Gone = ["message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found", "channel_not_found"];

    /// <summary>Sends a message as its notice and what came before ask for.</summary>
    public async Task<SendOutcome> SendAsync(Channel channel, string token, OutboundMessage message, Story story, CancellationToken cancellationToken)
    {
        var place = Place.Read(message.Handle);
        if (place is null && message.Notice is CaseChanged)
        {
            return new SendOutcome.Accepted("Not sent: there is no earlier message of this case here to bring up to date.");
        }

        var whole = SlackMessage.Whole(story, channel.Id, SlackChannel.TakesClicks(channel));
        return place is null || message.Notice is not CaseNotice
            ? await PostAsync(token, channel.Setting(SlackChannel.Conversation) ?? "", whole, null, message, cancellationToken)
            : await FollowAsync(channel, token, place, whole, message, story, cancellationToken);
    }

    /// <summary>The update comes first: it may be repeated, while a reply that was posted must not be.</summary>
    private async Task<SendOutcome> FollowAsync(Channel channel, string token, Place place, JsonObject whole, OutboundMessage message, Story story, CancellationToken cancellationToken)
    {
        var update = (JsonObject)whole.DeepClone();
        update["channel"] = place.Conversation;
        update["ts"] = place.Ts;
        var updated = await api.CallAsync("chat.update", token, update, cancellationToken);
        if (Gone.Contains(updated.Error))
        {
            return await PostAsync(token, channel.Setting(SlackChannel.Conversation) ?? "", whole, null, message, cancellationToken);
        }

        if (updated.Failure is { } failure)
        {
            return failure;
        }

        var reply = SlackMessage.Reply(story);
        if (message.Notice is CaseEscalated)
        {
            reply["reply_broadcast"] = true; // to be heard like a new one, not only by who follows the thread
        }

        var replied = await PostAsync(token, place.Conversation, reply, place.Ts, message, cancellationToken);
        return replied is SendOutcome.Accepted accepted ? new SendOutcome.Accepted(accepted.Answer, message.Handle) : replied;
    }

    private async Task<SendOutcome> PostAsync(string token, string conversation, JsonObject body, string? thread, OutboundMessage message, CancellationToken cancellationToken)
    {
        if (message.Attempt > 1 && await FindAsync(token, conversation, thread, message, cancellationToken) is { } found)
        {
            return new SendOutcome.Accepted("An earlier attempt had arrived.", found.ToString());
        }

        body["channel"] = conversation;
        body["metadata"] = new JsonObject { ["event_type"] = EventType, ["event_payload"] = new JsonObject { ["id"] = message.Id.ToString() } };
        if (thread is not null)
        {
            body["thread_ts"] = thread;
        }

        var answer = await api.CallAsync("chat.postMessage", token, body, cancellationToken);
        return answer.Failure ?? (answer.Text("channel") is { } at && answer.Text("ts") is { } ts
            ? new SendOutcome.Accepted("ok", new Place(at, ts).ToString())
            : new SendOutcome.Busy("chat.postMessage: the answer does not say where the message is."));
    }

    /// <summary>
    /// Slack knows no idempotency key. So a repeated attempt first looks whether the earlier one, whose answer was lost, had arrived; without the
    /// permission to read the conversation it cannot know and posts again.
    /// </summary>
    private async Task<Place?> FindAsync(string token, string conversation, string? thread, OutboundMessage message, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, string>
        {
            ["channel"] = conversation,
            ["oldest"] = message.QueuedAt.AddMinutes(-1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["include_all_metadata"] = "true",
            ["limit"] = "100",
        };
        if (thread is not null)
        {
            arguments["ts"] = thread;
        }

        var answer = await api.ReadAsync(thread is null ? "conversations.history" : "conversations.replies", token, arguments, cancellationToken);
        if (answer.Body is not { } body || !body.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var id = message.Id.ToString();
        foreach (var sent in messages.EnumerateArray())
        {
            if (sent.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("event_payload", out var payload)
                && payload.TryGetProperty("id", out var sentId) && sentId.ValueEquals(id) && sent.TryGetProperty("ts", out var ts))
            {
                return new Place(conversation, ts.ToString());
            }
        }

        return null;
    }

    /// <summary>Where a message is.</summary>
    /// <param name="Conversation">Slack's id of the conversation.</param>
    /// <param name="Ts">Slack's id of the message in it.</param>
    private sealed record Place(string Conversation, string Ts)
    {
        public static Place? Read(string? handle) => handle?.Split('/') is [var conversation, var ts] ? new Place(conversation, ts) : null;

        public override string ToString() => $"{Conversation}/{Ts}";
    }
}
